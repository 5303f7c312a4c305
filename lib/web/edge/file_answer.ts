/** A file to send. */
interface SentFile {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

const HEADERS = {
  "cache-control": "private, max-age=86400, immutable",
  "content-disposition": "inline",
  "accept-ranges": "bytes",
  "x-content-type-options": "nosniff",
};

/** A visitor's own file, or the part of it that the request asks for (RFC 9110, one range). */
export function fileAnswer({ method, headers: asked }: Request, file: SentFile): Response {
  const { type, bytes } = file;
  const size = bytes.length;
  const headers = new Headers({ ...HEADERS, "content-type": type });
  const range = method === "GET" ? rangeOf(asked.get("range"), size) : null;
  if (range === "outside") {
    headers.set("content-range", `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  if (method === "HEAD") headers.set("content-length", String(size));
  if (range === null) return new Response(method === "HEAD" ? null : bytes, { headers });
  const [from, to] = range;
  headers.set("content-range", `bytes ${from}-${to}/${size}`);
  return new Response(bytes.slice(from, to + 1), { status: 206, headers });
}

/** First and last byte of a range; null for the whole file. */
function rangeOf(
  header: string | null,
  size: number,
): [from: number, to: number] | "outside" | null {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return null;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "outside" : [size - length, size - 1];
  }
  const from = Number(first), to = last === "" ? size - 1 : Number(last);
  if (last !== "" && to < from) return null;
  return from >= size ? "outside" : [from, Math.min(to, size - 1)];
}
