import { Buffer } from "node:buffer";
import http, { type ClientRequest, type IncomingMessage } from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { urlToHttpOptions } from "node:url";
import { bypassesProxy, isHttpProxy, type ProxySettings } from "./proxies.ts";

/** How long an idle connection is kept, in ms, and how many of them per server. */
const IDLE_MS = 55_000;
const MAX_IDLE = 1_024;
/** Bytes of a buffered response; the rest is cut off. */
const MAX_BUFFERED = 1 << 20;
/** Statuses without a body, for which Response accepts none. */
const BODILESS = new Set([204, 205, 304]);

export interface HttpRequest {
  url: URL;
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** Closes the connection at once, also during the response. */
  signal?: AbortSignal;
  /** Uses a new connection and closes it after the response; by default connections are kept. */
  ownConnection?: boolean;
  /** Resolves the host, for a request on its own connection; a proxy resolves it itself. */
  lookup?: LookupFunction;
}

/** No connection was made, so no request was sent. `code` is the error's, such as ECONNREFUSED. */
export class NotConnected extends Error {
  override name = "NotConnected";
  readonly code: string;

  constructor(cause: unknown) {
    super("No connection", { cause });
    const code = cause instanceof Error && "code" in cause ? cause.code : null;
    this.code = typeof code === "string" ? code : "unknown";
  }
}

/** The response was cut off before its end. */
class IncompleteResponse extends Error {
  override name = "IncompleteResponse";
}

/** A kept connection ended before it took the whole request, so the server cannot have acted. */
class PartlySent extends Error {}

/**
 * HTTP/1.1 client over `node:http(s)` with kept connections and proxies. Never resends a request
 * that the server may have read. Follows no redirects, decompresses nothing.
 */
export class HttpClient {
  readonly #kept: Agents;
  readonly #single: Agents;
  readonly #proxy: { http: string | undefined; https: string | undefined };

  constructor(private readonly proxies: ProxySettings = {}) {
    const usable = (address?: string) => address && isHttpProxy(address) ? address : undefined;
    this.#proxy = { http: usable(proxies.http), https: usable(proxies.https) };
    this.#kept = agents(this.#proxy, true);
    this.#single = agents(this.#proxy, false);
  }

  /** Whether a request goes through a proxy, which then resolves the host. */
  isProxied(url: URL): boolean {
    const proxy = url.protocol === "https:" ? this.#proxy.https : this.#proxy.http;
    return proxy !== undefined && !bypassesProxy(url.hostname, this.proxies.bypass);
  }

  /**
   * Sends a request; resolves with its response, the body unread. It is sent again, on another
   * connection, only when a kept one did not take all of it.
   * @throws {NotConnected} when nothing was sent, also if the signal was aborted before; otherwise
   * the connection's error or the signal's reason: the server may have acted.
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

  #attempt(request: HttpRequest): Promise<IncomingMessage> {
    const { url, method, headers, body, signal, lookup, ownConnection = lookup !== undefined } =
      request;
    if (signal?.aborted) return Promise.reject(new NotConnected(signal.reason));
    const secure = url.protocol === "https:";
    if (!secure && url.protocol !== "http:") throw new TypeError(`No HTTP: ${url.protocol}`);
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const { hostname, port, path } = urlToHttpOptions(url);
    const length = body === undefined ? {} : { "content-length": `${Buffer.byteLength(body)}` };
    const proxied = this.isProxied(url);
    const set = ownConnection ? this.#single : this.#kept;
    const options = {
      hostname,
      port,
      path,
      method,
      headers: { ...headers, ...length },
      signal,
      ...(lookup && !proxied ? { lookup } : {}),
    };
    let sent: ClientRequest;
    try {
      sent = secure
        ? https.request({ ...options, agent: proxied ? set.proxiedHttps : set.https })
        : http.request({ ...options, agent: proxied ? set.proxiedHttp : set.http });
    } catch (error) {
      // Thrown for what cannot be sent, such as a header with a letter that headers do not have.
      return Promise.reject(new NotConnected(error));
    }
    let connected = false;
    let kept = false;
    let written = body === undefined;
    sent.once("socket", (socket) => {
      kept = sent.reusedSocket;
      // Deno resends a request on a new connection when a kept one ends before the response:
      // https://github.com/denoland/deno/issues/35610. The server may have read it: a model's reply
      // would be generated, and billed, twice.
      sent.reusedSocket = false;
      if (!socket.connecting) connected = true;
      else socket.once(secure ? "secureConnect" : "connect", () => connected = true);
    });
    sent.once("response", (message) => {
      // An abort emits an error even without a reader.
      message.on("error", () => {});
      resolve(message);
    });
    sent.on("error", (error) => {
      if (!connected) reject(new NotConnected(signal?.aborted ? signal.reason : error));
      else if (signal?.aborted) reject(signal.reason);
      else if (!kept || written) reject(error);
      else {
        // The result of a finished write is known by the next tick at the latest.
        setImmediate(() =>
          reject(written ? error : new PartlySent("Not all was sent", { cause: error }))
        );
      }
    });
    if (body !== undefined) sent.write(body, (error) => written = !error);
    sent.end();
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

type Agents = ReturnType<typeof agents>;

/** Agents for direct connections and for the given proxies. */
function agents(
  proxy: { http: string | undefined; https: string | undefined },
  keepAlive: boolean,
) {
  const idle = keepAlive ? { maxFreeSockets: MAX_IDLE, timeout: IDLE_MS } : {};
  const options = { keepAlive, ...idle, proxyEnv: {} };
  const proxied = { ...options, proxyEnv: { HTTP_PROXY: proxy.http, HTTPS_PROXY: proxy.https } };
  return {
    http: new http.Agent(options),
    https: new https.Agent(options),
    proxiedHttp: new http.Agent(proxied),
    proxiedHttps: new https.Agent(proxied),
  };
}

/** A response's headers, repeated ones with all their values. */
export function headersOf(message: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) {
    for (const each of [value ?? []].flat()) headers.append(name, each);
  }
  return headers;
}

/**
 * Reads a response whole, up to 1 MiB. A cut error response is returned with the part that came:
 * the status is enough.
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
  const headers = headersOf(message);
  const body = Uint8Array.from(Buffer.concat(pieces).subarray(0, MAX_BUFFERED));
  return new Response(BODILESS.has(status) ? null : body, { status, headers });
}

declare module "node:tls" {
  /** Added in Node.js 22.19 and present in Deno; its types lack it. */
  export function setDefaultCACertificates(certificates: readonly string[]): void;
}

/**
 * Trusts the certificate authorities of a PEM file in this process, besides the default ones. Deno
 * does so for DENO_CERT in `fetch`, but not in `node:tls`.
 */
export function trustAuthorities(path: string): void {
  setDefaultCACertificates([...getCACertificates("default"), Deno.readTextFileSync(path)]);
}
