import { AppError } from "../../platform/errors.ts";
import { BodiesUnderWay, BODY_LIMITS } from "./bodies_under_way.ts";

/** Size limit of a request without a message, in bytes. */
export const CHAT_BODY_BYTES = 64 * 1024;
/** Size limit with a message: the longest one takes three bytes per character in most alphabets. */
export const MESSAGE_BODY_BYTES = 96 * 1024;

const PIECE_BYTES = 16 * 1024;
const underWay = new BodiesUnderWay();
/** Files have room of their own, so that large ones do not push messages out. */
const mediaUnderWay = new BodiesUnderWay({ ...BODY_LIMITS, bytes: 32 << 20 });

/**
 * Reads a request's body as text, counting while it comes: refused at the first excess byte.
 * @throws {AppError} `too_large`, `too_slow`, or `invalid` when it is not UTF-8.
 */
export async function readText(
  request: Request,
  limit: number,
  bodies = underWay,
): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  try {
    const announced = announcedWithin(request, limit);
    if (announced !== null) return decoder.decode(await atOnce(request, announced, bodies));
    for await (const chunk of counted(request, limit, bodies)) {
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid", { code: "request.no_text" });
  }
}

/**
 * Reads a request's body as bytes.
 * @throws {AppError} `too_large`, `too_slow`, or `invalid` when it breaks off.
 */
export async function readBytes(
  request: Request,
  limit: number,
  bodies = underWay,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const chunks = await Array.fromAsync(counted(request, limit, bodies));
    return new Uint8Array(await new Blob(chunks).arrayBuffer());
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid", { code: "request.broken" });
  }
}

/**
 * Reads a body with files, of which all together have a bound in memory.
 * @throws {AppError} as readBytes()
 */
export async function readMedia(
  request: Request,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  return await readBytes(request, limit, mediaUnderWay);
}

/**
 * The announced length of a body within the limit, which the server itself enforces: that needs no
 * stream, which costs 25 µs more.
 */
function announcedWithin({ headers }: Request, limit: number): number | null {
  const length = Number(headers.get("content-length"));
  return length > 0 && length <= limit && !headers.has("transfer-encoding") ? length : null;
}

async function atOnce(
  request: Request,
  length: number,
  bodies: BodiesUnderWay,
): Promise<Uint8Array> {
  const coming = bodies.open(length, length);
  try {
    return await Promise.race([request.bytes(), coming.given]);
  } finally {
    coming.close();
  }
}

async function* counted(
  request: Request,
  limit: number,
  bodies = underWay,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new AppError("too_large", { code: "request.too_large", bytes: limit });
  if (Number(request.headers.get("content-length") ?? 0) > limit) {
    await request.body?.cancel();
    throw tooLarge();
  }
  if (request.body === null) return;
  const { read, cancel } = reading(request.body);
  const coming = bodies.open(limit);
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await Promise.race([read(), coming.given]);
      if (done || value === undefined) return;
      size += value.byteLength;
      if (size > limit) throw tooLarge();
      coming.took(value.byteLength);
      yield value;
    }
  } finally {
    coming.close();
    cancel().catch(() => {});
  }
}

interface Reading {
  read(): Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>>;
  cancel(): Promise<void>;
}

/** Reads a stream in small pieces: by default the server allocates 64 KiB even for one byte. */
function reading(body: ReadableStream<Uint8Array<ArrayBuffer>>): Reading {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = body.getReader({ mode: "byob" });
  } catch {
    // A stream of the program's, not of the server's.
    const plain = body.getReader();
    return { read: () => plain.read(), cancel: () => plain.cancel() };
  }
  let buffer = new ArrayBuffer(PIECE_BYTES);
  return {
    cancel: () => reader.cancel(),
    read: async () => {
      const { done, value } = await reader.read(new Uint8Array(buffer));
      if (done || value === undefined) return { done: true, value: undefined };
      buffer = value.buffer;
      return { done: false, value: value.slice() };
    },
  };
}

/**
 * Reads a JSON body, by its content type only: a page of another site can send text or a form
 * without a preflight, but not JSON.
 * @throws {AppError} `wrong_type`, `invalid`, `too_large` or `too_slow`
 */
export async function readJson(
  request: Request,
  limit: number,
  bodies = underWay,
): Promise<unknown> {
  if (!/^application\/json *(;|$)/i.test(request.headers.get("content-type") ?? "")) {
    throw new AppError("wrong_type", { code: "request.not_json_type" });
  }
  const text = await readText(request, limit, bodies);
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("invalid", { code: "request.no_json" });
  }
}

/**
 * Reads a form post (application/x-www-form-urlencoded).
 * @throws {AppError} `invalid`, `too_large` or `too_slow`
 */
export async function readForm(request: Request, limit: number): Promise<URLSearchParams> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) {
    await request.body?.cancel();
    throw new AppError("invalid", { code: "request.form" });
  }
  return new URLSearchParams(await readText(request, limit));
}
