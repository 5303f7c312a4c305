import { MARK } from "./script.ts";

const decoder = new TextDecoder();

export interface Answer {
  status: number;
  headers: string;
  /** The body without chunk sizes. */
  body: string;
  /** Arrival time of the first token, or 0. */
  firstAt: number;
}

/**
 * Reads one HTTP/1.1 response from a connection: chunked, or with a length. `pause` may wait after
 * the first token, so that a reader of many connections reads several writes at once.
 */
export async function readAnswer(
  connection: Deno.TcpConn,
  buffer: Uint8Array,
  pause?: () => Promise<void>,
): Promise<Answer> {
  let text = "", tail = "", headEnd = -1, firstAt = 0, size: number | null = null;
  for (;;) {
    const read = await connection.read(buffer);
    if (read === null) throw new Error(`The connection ended after ${text.length} bytes`);
    const piece = decoder.decode(buffer.subarray(0, read));
    text += piece;
    if (firstAt === 0 && (tail + piece).includes(MARK)) firstAt = performance.now();
    tail = (tail + piece).slice(-7);
    if (headEnd < 0) {
      headEnd = text.indexOf("\r\n\r\n");
      if (headEnd < 0) continue;
      const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, headEnd + 2))?.[1];
      size = length === undefined ? null : Number(length);
    }
    const over = size === null ? tail === "\r\n0\r\n\r\n" : text.length >= headEnd + 4 + size;
    if (over) break;
    if (firstAt > 0 && pause) await pause();
  }
  const headers = text.slice(0, headEnd);
  const body = text.slice(headEnd + 4);
  return {
    status: Number(headers.slice(9, 12)),
    headers,
    body: size === null ? unchunked(body) : body,
    firstAt,
  };
}

function unchunked(text: string): string {
  let body = "";
  for (let at = 0;;) {
    const end = text.indexOf("\r\n", at);
    const size = parseInt(text.slice(at, end), 16);
    if (!(size > 0)) return body;
    body += text.slice(end + 2, end + 2 + size);
    at = end + 4 + size;
  }
}
