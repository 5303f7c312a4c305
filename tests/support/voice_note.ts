/** Deviations of a voice note from WhatsApp's. */
export interface NoteOptions {
  /** Duration claimed by the last page, in seconds; by default that of the packets. */
  claimed?: number;
  /** First byte of every packet: by default 60 ms of SILK, one frame. */
  toc?: number;
  /** Second byte of every packet. */
  count?: number;
  /** Milliseconds of sound per packet, according to `toc` and `count`. */
  packetMs?: number;
  /** Bytes per packet. */
  size?: number;
}

const PRE_SKIP = 312;

/** Noise as a voice note in Ogg/Opus. */
export function voiceNote(seconds: number, options: NoteOptions = {}): Uint8Array<ArrayBuffer> {
  const { toc = 0x18, count = 0, packetMs = 60, size = 60 } = options;
  const head = new Uint8Array(19);
  head.set(new TextEncoder().encode("OpusHead"));
  head.set([1, 1], 8);
  new DataView(head.buffer).setUint16(10, PRE_SKIP, true);
  const tags = new Uint8Array(16);
  tags.set(new TextEncoder().encode("OpusTags"));
  const packet = new Uint8Array(size).fill(0x55);
  packet.set([toc, count]);
  const packets = Math.round(seconds * 1000 / packetMs);
  const pages = [page(0, 0n, [head], 2), page(1, 0n, [tags])];
  const perPage = Math.max(1, Math.floor(255 / (Math.floor(size / 255) + 1)));
  for (let from = 0; from < packets; from += perPage) {
    const upTo = Math.min(packets, from + perPage);
    const last = upTo === packets;
    const until = last && options.claimed !== undefined
      ? BigInt(Math.round(options.claimed * 48_000)) + BigInt(PRE_SKIP)
      : BigInt(Math.round(upTo * packetMs * 48));
    pages.push(page(pages.length, until, Array(upTo - from).fill(packet), last ? 4 : 0));
  }
  return joined(pages);
}

function page(number: number, position: bigint, packets: Uint8Array[], flags = 0): Uint8Array {
  const lacing = packets.flatMap(({ length }) => [
    ...Array(Math.floor(length / 255)).fill(255),
    length % 255,
  ]);
  const head = new Uint8Array(27 + lacing.length);
  head.set(new TextEncoder().encode("OggS"));
  head[5] = flags;
  const view = new DataView(head.buffer);
  view.setBigInt64(6, position, true);
  view.setUint32(14, 7, true);
  view.setUint32(18, number, true);
  head[26] = lacing.length;
  head.set(lacing, 27);
  return joined([head, ...packets]);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
