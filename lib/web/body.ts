import { AppError } from "../domain/errors.ts";

/** The largest request that has no message in it, in bytes. */
export const CHAT_BODY_BYTES = 64 * 1024;
/** The largest with a message: the longest one takes three bytes a character in most alphabets. */
export const MESSAGE_BODY_BYTES = 96 * 1024;

/**
 * Reads a request's body as text, counting while it comes: what is too large is
 * refused at its first byte too many.
 * @throws {AppError} `too_large`, or `invalid` when it is no UTF-8.
 */
export async function readText(request: Request, limit: number): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  try {
    if (announcedWithin(request, limit)) return decoder.decode(await request.bytes());
    for await (const chunk of counted(request, limit)) {
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid", "The request could not be read to its end as UTF-8 text.");
  }
}

/**
 * Reads a request's body as it is.
 * @throws {AppError} `too_large`, or `invalid` when it breaks off.
 */
export async function readBytes(
  request: Request,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const chunks = await Array.fromAsync(counted(request, limit));
    return new Uint8Array(await new Blob(chunks).arrayBuffer());
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid", "The request could not be read to its end.");
  }
}

/**
 * Whether the server itself takes no more bytes than are allowed, as it does of a
 * body that announced its length: that needs no stream, which costs 25 µs more.
 */
function announcedWithin({ headers }: Request, limit: number): boolean {
  const length = Number(headers.get("content-length"));
  return length > 0 && length <= limit && !headers.has("transfer-encoding");
}

async function* counted(
  request: Request,
  limit: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const tooLarge = () =>
    new AppError("too_large", `The message is too long: at most ${limit / 1024} KiB are taken.`);
  if (Number(request.headers.get("content-length") ?? 0) > limit) {
    await request.body?.cancel();
    throw tooLarge();
  }
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge();
    yield chunk;
  }
}

/**
 * Reads a JSON body.
 * @throws {AppError} `invalid` or `too_large`
 */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  const text = await readText(request, limit);
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("invalid", "The request is no valid JSON.");
  }
}

/**
 * Reads a form post (application/x-www-form-urlencoded).
 * @throws {AppError} `invalid` or `too_large`
 */
export async function readForm(request: Request, limit: number): Promise<URLSearchParams> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) {
    await request.body?.cancel();
    throw new AppError("invalid", "The form came in a way that is not understood here.");
  }
  return new URLSearchParams(await readText(request, limit));
}
