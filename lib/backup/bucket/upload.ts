import { AppError } from "../../platform/errors.ts";
import { bucketRefusal, type S3Client } from "./s3_client.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes of a part, which are in memory at once; servers take no less than 5 MiB, but for the last. */
const PART = 8 * 1024 * 1024;
/** Servers take no more. */
const MOST_PARTS = 10_000;

/**
 * Uploads a stream as one object, whole or not at all: a small one by one request, another in parts.
 * Each request names the hash of its body, so that the server refuses what was changed on the way.
 * Returns its size.
 */
export async function upload(
  client: S3Client,
  name: string,
  stream: ReadableStream<Bytes>,
  signal: AbortSignal,
): Promise<number> {
  const parts = inParts(stream);
  const first = await parts.next();
  const start: Bytes = first.done ? new Uint8Array() : first.value;
  if (start.length < PART) {
    await client.send({ method: "PUT", name, body: start, signal });
    return start.length;
  }
  const begun = await client.send({ method: "POST", name, query: { uploads: "" }, signal });
  const uploadId = /<UploadId>([^<]+)<\/UploadId>/.exec(begun.text)?.[1];
  if (uploadId === undefined) throw bucketRefusal(0, begun.text);
  const id = uploadId.replaceAll("&amp;", "&");
  const tags: string[] = [];
  let bytes = 0;
  const send = async (body: Bytes) => {
    const query = { partNumber: String(tags.length + 1), uploadId: id };
    if (tags.length === MOST_PARTS) throw bucketRefusal(413, "");
    const { headers } = await client.send({ method: "PUT", name, query, body, signal });
    tags.push(headers.get("etag") ?? "");
    bytes += body.length;
  };
  try {
    await send(start);
    for await (const part of parts) await send(part);
    const body = `<CompleteMultipartUpload>${
      tags.map((tag, i) =>
        `<Part><PartNumber>${i + 1}</PartNumber><ETag>${escaped(tag)}</ETag></Part>`
      ).join("")
    }</CompleteMultipartUpload>`;
    await complete(client, name, id, body, signal);
    return bytes;
  } catch (error) {
    // Also after an abort: parts that are left are paid for. Servers can be told to drop them.
    await client.send({ method: "DELETE", name, query: { uploadId: id } }).catch(() => {});
    throw error;
  }
}

/** Puts the parts together. Servers may answer 200 first, and a failure in the body then. */
async function complete(
  client: S3Client,
  name: string,
  uploadId: string,
  body: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    const { text } = await client.send({
      method: "POST",
      name,
      query: { uploadId },
      body,
      signal,
    });
    if (!/<CompleteMultipartUploadResult[\s>]/.test(text)) throw bucketRefusal(500, text);
  } catch (error) {
    // An attempt whose answer was lost may have done it: the upload is gone then, the object there.
    if (!(error instanceof AppError) || error.kind !== "missing") throw error;
    await client.send({ method: "HEAD", name, signal });
  }
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** A stream in parts of equal size, the last one smaller; a full last one is followed by none. */
async function* inParts(stream: ReadableStream<Bytes>): AsyncGenerator<Bytes, undefined> {
  let pieces: Bytes[] = [];
  let length = 0;
  for await (const piece of stream) {
    for (let from = 0; from < piece.length;) {
      const taken = piece.subarray(from, from + PART - length);
      pieces.push(taken);
      length += taken.length;
      from += taken.length;
      if (length < PART) continue;
      yield joinedParts(pieces, length);
      pieces = [];
      length = 0;
    }
  }
  if (length > 0) yield joinedParts(pieces, length);
}

function joinedParts(pieces: readonly Bytes[], length: number): Bytes {
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
