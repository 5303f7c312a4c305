import { Buffer } from "node:buffer";
import http, { type ClientRequest, type IncomingMessage } from "node:http";
import https from "node:https";

/** Bytes of a buffered answer that are kept; what is longer is cut off. */
const MAX_BUFFERED = 1 << 20;

/** Statuses whose answer has no body, and for which Response takes none. */
const BODILESS = new Set([204, 205, 304]);

const pool = { keepAlive: true, maxSockets: 8192, maxFreeSockets: 2048 };
const httpAgent = new http.Agent(pool);
const httpsAgent = new https.Agent(pool);

const messages = new WeakMap<Response, IncomingMessage>();

/**
 * The unread message behind a Response of {@link nodeFetch}, for streaming
 * answers only. Whoever takes it reads its "data" events and destroys it.
 */
export function incoming(response: Response): IncomingMessage | undefined {
  return messages.get(response);
}

/**
 * A fetch over node:http(s) with keep-alive, to stand under an SDK: in Deno a
 * chunk through it costs an eighth of what it costs through fetch's body and web
 * streams. A 2xx event stream comes back as a Response without body, its message
 * behind {@link incoming}; every other answer is buffered, up to 1 MiB.
 * The abort signal destroys the connection at once, even while the answer is read.
 * A request that a kept connection lost before any answer is sent once more on a
 * new one (the server closed the idle connection as it was taken).
 * No redirects, no proxies, no decompression; bodies are strings or bytes. Own
 * certificate authorities are named in NODE_EXTRA_CA_CERTS (node:https does not
 * read DENO_CERT).
 * @throws {TypeError} for another kind of body; otherwise the error of node:net,
 * node:tls or node:dns with its `code`, or the signal's reason.
 */
export async function nodeFetch(
  input: string | URL | Request,
  init: RequestInit = {},
): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input);
  const body = bytes(init.body);
  const given = init.headers instanceof Headers ? init.headers : new Headers(init.headers);
  const headers: Record<string, string | number> = Object.fromEntries(given);
  if (body) headers["content-length"] = body.length;
  const send = (fresh: boolean) => exchange(url, init, headers, body, fresh);
  const message = await send(false).catch((error: unknown) => {
    if (error instanceof LostConnection) return send(true);
    throw error;
  });
  return await toResponse(message);
}

/** A kept connection ended before an answer; the request may go out on a new one. */
class LostConnection extends Error {}

function exchange(
  url: URL,
  { method = "GET", signal }: RequestInit,
  headers: Record<string, string | number>,
  body: Uint8Array | undefined,
  fresh: boolean,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const secure = url.protocol === "https:";
    const agent = fresh ? false : secure ? httpsAgent : httpAgent;
    const request = (secure ? https : http).request(url, { method, headers, agent });
    const abort = () => {
      reject(signal?.reason);
      request.destroy();
    };
    signal?.addEventListener("abort", abort, { once: true });
    const done = () => signal?.removeEventListener("abort", abort);
    request.setNoDelay(true);
    request.once("response", (message) => {
      message.once("close", done);
      // Without a listener the abort's error, which comes when nobody reads, would be uncaught.
      message.on("error", () => {});
      resolve(message);
    });
    request.on("error", (error) => {
      done();
      reject(lost(request, error) ? new LostConnection("Lost", { cause: error }) : error);
    });
    request.end(body);
  });
}

function lost(request: ClientRequest, error: Error): boolean {
  const code = "code" in error ? error.code : undefined;
  return request.reusedSocket && (code === "ECONNRESET" || code === "EPIPE");
}

async function toResponse(message: IncomingMessage): Promise<Response> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) {
    if (typeof value === "string") headers.set(name, value);
    else for (const each of value ?? []) headers.append(name, each);
  }
  const status = message.statusCode ?? 0;
  const init = { status, statusText: message.statusMessage ?? "", headers };
  const streams = status >= 200 && status < 300 &&
    headers.get("content-type")?.toLowerCase().startsWith("text/event-stream");
  if (streams) {
    const response = new Response(null, init);
    messages.set(response, message);
    return response;
  }
  const body = await buffered(message);
  return new Response(BODILESS.has(status) ? null : body, init);
}

function buffered(message: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const pieces: Uint8Array[] = [];
    let length = 0;
    const join = () => resolve(Uint8Array.from(Buffer.concat(pieces).subarray(0, MAX_BUFFERED)));
    message.on("data", (piece: Uint8Array) => {
      pieces.push(piece);
      length += piece.length;
      if (length < MAX_BUFFERED) return;
      join();
      message.destroy();
    });
    message.once("end", join);
    message.once("error", reject);
    message.once("close", () => reject(new Error("The answer ended before its end")));
  });
}

function bytes(body: BodyInit | null | undefined): Uint8Array | undefined {
  if (body === null || body === undefined) return undefined;
  if (typeof body === "string") return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  throw new TypeError("The body must be a string or bytes");
}
