import { Buffer } from "node:buffer";
import net from "node:net";

/** The kind of connections that an attacker keeps open. */
export type Attack = "streams" | "idle" | "bodies";

export interface Target {
  port: number;
  host: string;
  tool: string;
  /** The visitor cookie of the streams. */
  cookie: string;
  /** Whether each connection comes from an address of its own. */
  spread: boolean;
}

/** Connections that stay open until the other side closes them. */
export class Flood {
  private readonly sockets = new Set<net.Socket>();
  private number = 0;
  private over = false;
  private readonly dripping: ReturnType<typeof setInterval>;
  /** Connections that were opened, and those that the other side closed. */
  opened = 0;
  closed = 0;

  constructor(private readonly target: Target) {
    // A body never ends, whether it is read or not.
    this.dripping = setInterval(() => {
      for (const socket of this.sockets) if (this.bodies.has(socket)) socket.write(PIECE);
    }, 1_000);
  }

  private readonly bodies = new WeakSet<net.Socket>();

  /** Opens `count` connections, a few hundred at a time. */
  async open(attack: Attack, count: number): Promise<void> {
    const parallel = 100;
    for (let i = 0; i < count && !this.over; i += parallel) {
      const some = Math.min(parallel, count - i);
      await Promise.all(Array.from({ length: some }, () => this.connect(attack)));
    }
  }

  get held(): number {
    return this.sockets.size;
  }

  close(): void {
    this.over = true;
    clearInterval(this.dripping);
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }

  private connect(attack: Attack): Promise<void> {
    const { port, host, spread } = this.target;
    const number = this.number++;
    const localAddress = spread
      ? `127.${10 + number % 200}.${Math.floor(number / 200) % 250}.9`
      : undefined;
    return new Promise((resolve) => {
      const socket = net.connect({ port, host, ...(localAddress ? { localAddress } : {}) });
      const late = setTimeout(resolve, 2_000);
      socket.on("connect", () => {
        clearTimeout(late);
        this.opened++;
        this.sockets.add(socket);
        if (attack === "bodies") this.bodies.add(socket);
        const first = beginning(attack, number, this.target);
        if (first.length > 0) socket.write(first);
        resolve();
      });
      socket.on("data", () => {});
      socket.on("error", () => resolve());
      socket.on("close", () => {
        clearTimeout(late);
        if (this.sockets.delete(socket)) this.closed++;
        resolve();
      });
    });
  }
}

/** A chunk of 1,024 bytes; LARGE is 261,000 bytes of them without a last chunk. */
const PIECE = Buffer.from(`400\r\n${"x".repeat(1_024)}\r\n`);
const LARGE = Buffer.concat(Array.from({ length: 255 }, () => PIECE));
const PATHS: [path: string, type: string][] = [
  ["/api/whatsapp", "application/x-www-form-urlencoded"],
  ["/api/chat", "application/json"],
  ["/chat/general-assistant", "application/x-www-form-urlencoded"],
];

function beginning(attack: Attack, number: number, { tool, cookie }: Target): Buffer {
  switch (attack) {
    case "idle":
      // A third send nothing, the others half a request head.
      return Buffer.from(number % 3 === 0 ? "" : "GET / HTTP/1.1\r\nhost: local");
    case "streams":
      return Buffer.from(
        `GET /api/chat/${tool}/events HTTP/1.1\r\nhost: localhost\r\ncookie: ${cookie}\r\n\r\n`,
      );
    case "bodies": {
      const [path, type] = PATHS[number % PATHS.length] ?? ["/", ""];
      const head = `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: ${type}\r\n` +
        "transfer-encoding: chunked\r\n\r\n";
      // Half of them stay below the size limit.
      return Buffer.concat([Buffer.from(head), number % 2 === 0 ? LARGE : PIECE]);
    }
  }
}
