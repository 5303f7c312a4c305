import { Buffer } from "node:buffer";
import http, { type ClientRequest, type IncomingMessage } from "node:http";
import https from "node:https";
import { urlToHttpOptions } from "node:url";

/** Bytes of a buffered answer that are kept; what is longer is cut off. */
const MAX_BUFFERED = 1 << 20;

/** Statuses whose answer has no body, and for which Response takes none. */
const BODILESS = new Set([204, 205, 304]);

const pool = { keepAlive: true, maxSockets: 8192, maxFreeSockets: 2048, noDelay: true };
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
  const { method = "GET", signal } = init;
  const body = bodyOf(init.body);
  signal?.throwIfAborted();
  const url = new URL(input instanceof Request ? input.url : input);
  const headers = init.headers instanceof Headers ? init.headers : new Headers(init.headers);
  const sent = exchange(routeTo(url, method, headers), body);
  const abort = () => sent.destroy(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  const done = () => signal?.removeEventListener("abort", abort);
  try {
    const message = await sent.message;
    message.once("close", done);
    return await toResponse(message);
  } catch (error) {
    done();
    throw error;
  }
}

/** Where requests go and how they begin, made ready once for any number of them. */
export interface Route {
  readonly secure: boolean;
  readonly options: http.RequestOptions;
  /** Names and values in turn: node:http takes them as they are, at a fifth less for the whole call. */
  readonly headers: readonly string[];
}

export function routeTo(url: URL, method: string, headers: Headers): Route {
  const { hostname, port, path } = urlToHttpOptions(url);
  return {
    secure: url.protocol === "https:",
    options: { hostname, port, path, method },
    headers: ["host", url.host, ...[...headers].flat()],
  };
}

/** A request that was sent. */
export interface Exchange {
  /** The answer, its body unread. Whoever takes it reads its "data" events and destroys it. */
  readonly message: Promise<IncomingMessage>;
  /** Closes the connection at once; an answer that is still awaited is given up for this reason. */
  destroy(reason: unknown): void;
}

/**
 * Sends one request. If a kept connection lost it before any answer (the server
 * closed the idle connection as it was taken), it is sent once more on a new one.
 */
export function exchange(
  { secure, options, headers }: Route,
  body: string | Uint8Array | undefined,
): Exchange {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const { request: ask } = secure ? https : http;
  const length = body === undefined ? [] : ["content-length", String(Buffer.byteLength(body))];
  const all = [...headers, ...length];
  let request: ClientRequest;
  let dropped = false;
  const send = (fresh: boolean) => {
    const agent = fresh ? false : secure ? httpsAgent : httpAgent;
    request = ask({ ...options, agent, headers: all });
    request.once("response", (message) => {
      // Without a listener the error of an abort, which comes when nobody reads, would be uncaught.
      message.on("error", () => {});
      resolve(message);
    });
    request.on("error", (error) => {
      if (!fresh && !dropped && lost(request, error)) send(true);
      else reject(error);
    });
    request.end(body);
  };
  send(false);
  return {
    message: promise,
    destroy: (reason) => {
      dropped = true;
      reject(reason);
      // Deno sends a request anew whose kept connection ends before an answer, also where it is
      // we who end it: https://github.com/denoland/deno/issues/35610. A whole reply would be
      // written, and billed, for nobody.
      request.reusedSocket = false;
      request.destroy();
    },
  };
}

/** Whether a kept connection ended before an answer; then the request may go out on a new one. */
function lost(request: ClientRequest, error: Error): boolean {
  const code = "code" in error ? error.code : undefined;
  return request.reusedSocket && (code === "ECONNRESET" || code === "EPIPE");
}

/** An answer as a Response; see {@link nodeFetch}. */
export async function toResponse(message: IncomingMessage): Promise<Response> {
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

function bodyOf(body: BodyInit | null | undefined): string | Uint8Array | undefined {
  if (body === null || body === undefined) return undefined;
  if (typeof body === "string" || body instanceof Uint8Array) return body;
  throw new TypeError("The body must be a string or bytes");
}
