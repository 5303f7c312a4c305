import { Buffer } from "node:buffer";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { urlToHttpOptions } from "node:url";
import { bypassesProxy, isHttpProxy, type ProxySettings } from "./proxies.ts";

/** How long an idle connection is kept, and how many of them to one server. */
const IDLE_MS = 55_000;
const MAX_IDLE = 1_024;
/** Bytes of a buffered response; the rest is cut off. */
const MAX_BUFFERED = 1 << 20;
/** Statuses whose response has no body, and for which Response takes none. */
const BODILESS = new Set([204, 205, 304]);

export interface HttpRequest {
  url: URL;
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** Closes the connection at once, also while the response is read. */
  signal?: AbortSignal;
}

/** No connection was made, so no request was sent. `code` is the error's, such as ECONNREFUSED. */
export class NotConnected extends Error {
  override name = "NotConnected";
  readonly code: string;

  constructor(cause: Error) {
    super("No connection", { cause });
    this.code = "code" in cause && typeof cause.code === "string" ? cause.code : "unknown";
  }
}

/** The response was cut off before its end. */
export class IncompleteResponse extends Error {
  override name = "IncompleteResponse";
}

/** A kept connection ended before it had taken the whole request, which nobody can have acted on. */
class PartlySent extends Error {}

/**
 * HTTP/1.1 requests over `node:http(s)`: connections are kept, proxies honoured, and no request
 * that the server may have read is sent again. Follows no redirects, decompresses nothing.
 */
export class HttpClient {
  readonly #direct = agents({});
  readonly #proxied: ReturnType<typeof agents>;

  constructor(private readonly proxies: ProxySettings = {}) {
    const usable = (address?: string) => address && isHttpProxy(address) ? address : undefined;
    this.#proxied = agents({
      HTTP_PROXY: usable(proxies.http),
      HTTPS_PROXY: usable(proxies.https),
    });
  }

  /**
   * Sends a request; resolves with its response, the body unread. A request goes out on another
   * connection only when a kept one did not take all of it.
   * @throws {NotConnected} when nothing was sent; otherwise the error of the
   *   connection, after which the server may have acted on the request, or the signal's reason.
   */
  async send(request: HttpRequest): Promise<IncomingMessage> {
    for (;;) {
      try {
        return await this.#attempt(request);
      } catch (error) {
        if (!(error instanceof PartlySent)) throw error;
      }
    }
  }

  #attempt({ url, method, headers, body, signal }: HttpRequest): Promise<IncomingMessage> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const secure = url.protocol === "https:";
    if (!secure && url.protocol !== "http:") throw new TypeError(`No HTTP: ${url.protocol}`);
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const { hostname, port, path } = urlToHttpOptions(url);
    const length = body === undefined ? {} : { "content-length": `${Buffer.byteLength(body)}` };
    const set = bypassesProxy(url.hostname, this.proxies.bypass) ? this.#direct : this.#proxied;
    const options = { hostname, port, path, method, headers: { ...headers, ...length }, signal };
    const request = secure
      ? https.request({ ...options, agent: set.https })
      : http.request({ ...options, agent: set.http });
    let connected = false;
    let kept = false;
    let written = body === undefined;
    request.once("socket", (socket) => {
      kept = request.reusedSocket;
      // Deno sends a request again, on a new connection, when a kept one ends before the response:
      // https://github.com/denoland/deno/issues/35610. The server may have read it: a model's reply
      // would be generated, and billed, twice.
      request.reusedSocket = false;
      if (!socket.connecting) connected = true;
      else socket.once(secure ? "secureConnect" : "connect", () => connected = true);
    });
    request.once("response", (message) => {
      // An abort's error comes without a reader, too.
      message.on("error", () => {});
      resolve(message);
    });
    request.on("error", (error) => {
      if (signal?.aborted) reject(signal.reason);
      else if (!connected) reject(new NotConnected(error));
      else reject(kept && !written ? new PartlySent("Not all was sent", { cause: error }) : error);
    });
    if (body !== undefined) request.write(body, (error) => written = !error);
    request.end();
    return promise;
  }

  /**
   * A fetch for SDKs and short responses: bodies are strings or bytes, and the
   * response is read whole, up to 1 MiB.
   * @throws {TypeError} for another kind of body; otherwise as {@link send} does.
   */
  readonly fetch = async (
    input: string | URL | Request,
    init: RequestInit = {},
  ): Promise<Response> => {
    const { method = "GET", signal, body } = init;
    if (body && typeof body !== "string" && !(body instanceof Uint8Array)) {
      throw new TypeError("The body must be a string or bytes");
    }
    const url = new URL(input instanceof Request ? input.url : input);
    const headers = Object.fromEntries(new Headers(init.headers));
    try {
      const response = await toResponse(
        await this.send({
          url,
          method,
          headers,
          ...(body ? { body } : {}),
          ...(signal ? { signal } : {}),
        }),
      );
      signal?.throwIfAborted();
      return response;
    } catch (error) {
      throw signal?.aborted ? signal.reason : error;
    }
  };
}

/** Agents that keep connections, and connect through the given proxies. */
function agents(proxyEnv: Record<string, string | undefined>) {
  const options = { keepAlive: true, maxFreeSockets: MAX_IDLE, timeout: IDLE_MS, proxyEnv };
  return { http: new http.Agent(options), https: new https.Agent(options) };
}

/**
 * Reads a response whole, up to 1 MiB. Of a refusal whose body breaks off, the part that came
 * is enough: the status says what it is.
 * @throws {IncompleteResponse}
 */
export async function toResponse(message: IncomingMessage): Promise<Response> {
  const status = message.statusCode ?? 0;
  const refused = status >= 300;
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of message) {
      pieces.push(piece);
      if ((length += piece.length) >= MAX_BUFFERED) break;
    }
  } catch (cause) {
    if (!refused) throw new IncompleteResponse("The response was cut off", { cause });
  }
  if (!message.complete && length < MAX_BUFFERED && !refused) {
    throw new IncompleteResponse("The response was cut off");
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) {
    for (const each of [value ?? []].flat()) headers.append(name, each);
  }
  const body = Uint8Array.from(Buffer.concat(pieces).subarray(0, MAX_BUFFERED));
  return new Response(BODILESS.has(status) ? null : body, { status, headers });
}

declare module "node:tls" {
  /** Of Node.js 22.19, and in Deno; its types do not have it yet. */
  export function setDefaultCACertificates(certificates: readonly string[]): void;
}

/**
 * Trusts the certificate authorities of a PEM file in this whole process, beside
 * the default ones: Deno itself does so for DENO_CERT in `fetch`, but not in `node:tls`.
 */
export function trustAuthorities(path: string): void {
  setDefaultCACertificates([...getCACertificates("default"), Deno.readTextFileSync(path)]);
}
