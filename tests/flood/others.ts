import net from "node:net";

const TIMEOUT_MS = 10_000;

export interface Place {
  port: number;
  tool: string;
}

/** Ordinary visitors during an attack, each from a new address, one after the other. */
export class Others {
  /** Waiting times in ms; Infinity for a timeout. */
  readonly pages: number[] = [];
  readonly replies: number[] = [];
  private number = 0;

  constructor(private readonly place: Place) {}

  /** One visitor opens a page; another asks and waits for the first event. */
  async come(): Promise<void> {
    const { tool } = this.place;
    const body = JSON.stringify({ toolId: tool, message: "What now? [[mock:tokens=5]]" });
    this.pages.push(
      await this.ask(`GET /chat/${tool} HTTP/1.1\r\nhost: localhost\r\n\r\n`, "</html>"),
    );
    this.replies.push(
      await this.ask(
        "POST /api/chat HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n" +
          `content-length: ${body.length}\r\n\r\n${body}`,
        "event: start",
      ),
    );
  }

  private ask(request: string, wanted: string): Promise<number> {
    const began = performance.now();
    const number = this.number++;
    const localAddress = `127.220.${number % 250}.${1 + Math.floor(number / 250) % 250}`;
    return new Promise((resolve) => {
      let text = "";
      const socket = net.connect({ port: this.place.port, host: "127.0.0.1", localAddress });
      const end = (ms: number) => {
        clearTimeout(late);
        socket.destroy();
        resolve(ms);
      };
      const late = setTimeout(() => end(Infinity), TIMEOUT_MS);
      socket.on("connect", () => socket.write(request));
      socket.on("data", (piece) => {
        text += piece;
        if (text.startsWith("HTTP/1.1 200") && text.includes(wanted)) {
          end(performance.now() - began);
        }
      });
      socket.on("error", () => end(Infinity));
      socket.on("close", () => end(Infinity));
    });
  }
}

/** Milliseconds until a server answers, or null after `most`. */
export async function servesWithin(port: number, most: number): Promise<number | null> {
  const began = performance.now();
  for (;;) {
    const signal = AbortSignal.timeout(most);
    const answer = await fetch(`http://127.0.0.1:${port}/api/live`, { signal }).catch(() => null);
    await answer?.body?.cancel();
    const ms = performance.now() - began;
    if (answer?.ok) return Math.round(ms);
    if (ms > most) return null;
    await new Promise((done) => setTimeout(done, 20));
  }
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Infinity;
}
