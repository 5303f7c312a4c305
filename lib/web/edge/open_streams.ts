/** Streams of one visitor: tabs and devices. */
const PER_VISITOR = 20;
/** An address may have one stream in this many. */
const ADDRESS_SHARE = 3;

export interface StreamCaps {
  visitor: number;
  address: number;
  all: number;
}

export interface Follower {
  visitor: string;
  address: string;
}

/** Admits a stream; `giveWay` is called when it must end. Returns a function for its own end. */
export type AdmitStream = (giveWay: () => void) => () => void;

interface Stream extends Follower {
  number: number;
  giveWay: () => void;
}

/**
 * The open event streams, capped per visitor, per address and in total. A new one is always served,
 * and the oldest one over the cap gives way: of the same visitor or address, or else of the address
 * with the most streams.
 */
export class OpenStreams {
  private readonly visitors = new Map<string, Set<Stream>>();
  private readonly addresses = new Map<string, Set<Stream>>();
  private count = 0;
  private opened = 0;

  constructor(private readonly caps: StreamCaps) {}

  /** With all caps derived from the total. */
  static within(all: number): OpenStreams {
    return new OpenStreams({
      visitor: PER_VISITOR,
      address: Math.floor(all / ADDRESS_SHARE),
      all,
    });
  }

  get size(): number {
    return this.count;
  }

  admit(follower: Follower): AdmitStream {
    return (giveWay) => {
      const { visitor, address } = follower;
      if (sizeOf(this.visitors, visitor) >= this.caps.visitor) {
        this.end(this.visitors.get(visitor));
      }
      if (sizeOf(this.addresses, address) >= this.caps.address) {
        this.end(this.addresses.get(address));
      }
      if (this.count >= this.caps.all) this.end(this.busiest());
      const stream = { visitor, address, giveWay, number: this.opened++ };
      join(this.visitors, visitor, stream);
      join(this.addresses, address, stream);
      this.count++;
      return () => this.leave(stream);
    };
  }

  /** Streams of the address that has the most; among equals, the one with the oldest stream. */
  private busiest(): Set<Stream> | undefined {
    let found: Set<Stream> | undefined;
    for (const streams of this.addresses.values()) {
      const more = streams.size - (found?.size ?? 0);
      if (more > 0 || (more === 0 && firstOf(streams) < firstOf(found))) found = streams;
    }
    return found;
  }

  private end(streams: Set<Stream> | undefined): void {
    for (const oldest of streams ?? []) {
      this.leave(oldest);
      oldest.giveWay();
      return;
    }
  }

  private leave(stream: Stream): void {
    if (!part(this.addresses, stream.address, stream)) return;
    part(this.visitors, stream.visitor, stream);
    this.count--;
  }
}

function sizeOf(streams: Map<string, Set<Stream>>, name: string): number {
  return streams.get(name)?.size ?? 0;
}

function firstOf(streams: Set<Stream> | undefined): number {
  for (const { number } of streams ?? []) return number;
  return Infinity;
}

function join(streams: Map<string, Set<Stream>>, name: string, stream: Stream): void {
  const own = streams.get(name);
  if (own) own.add(stream);
  else streams.set(name, new Set([stream]));
}

function part(streams: Map<string, Set<Stream>>, name: string, stream: Stream): boolean {
  const own = streams.get(name);
  if (!own?.delete(stream)) return false;
  if (own.size === 0) streams.delete(name);
  return true;
}
