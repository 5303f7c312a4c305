import { Buffer } from "node:buffer";
import type { Head } from "./http_head.ts";
import { closeQuietly, connect, type Connection, keep, type Place, take } from "./http_pool.ts";

/** Bytes of a buffered answer that are kept; what is longer is cut off. */
const MAX_BUFFERED = 1 << 20;

/** Statuses whose answer has no body, and for which Response takes none. */
const BODILESS = new Set([204, 205, 304]);
const METHOD = /^[A-Z]{3,10}$/;

const encoder = new TextEncoder();

/** Where requests go and how they begin, made ready once for any number of them. */
export interface Route extends Place {
  readonly head: string;
}

export function routeTo(url: URL, method: string, headers: Headers): Route {
  const secure = url.protocol === "https:";
  if (!secure && url.protocol !== "http:") throw new TypeError(`No HTTP: ${url.protocol}`);
  if (!METHOD.test(method)) throw new TypeError("Not a method");
  const lines = [`${method} ${url.pathname}${url.search} HTTP/1.1`, `host: ${url.host}`];
  for (const [name, value] of headers) if (!FRAMING.has(name)) lines.push(`${name}: ${value}`);
  return {
    secure,
    hostname: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(url.port) || (secure ? 443 : 80),
    head: `${lines.join("\r\n")}\r\n`,
  };
}

/** What this client says itself. */
const FRAMING = new Set(["host", "content-length", "transfer-encoding", "connection"]);

/** An answer. Whoever has it reads its body and says when that is done, or drops the exchange. */
export interface Answer extends Pick<Head, "status" | "headers"> {
  /** The next piece of the body, valid until the next call; null at its end. */
  read(): Promise<Uint8Array | null>;
  /** Whether more is likely to be there already. */
  readonly brimming: boolean;
  /** Keeps the connection for the next request if the body was read to its end, else closes it. */
  done(): void;
}

/**
 * One request over HTTP/1.1 and its answer, on a connection that is kept when it
 * may be. On Deno's own sockets: a chunk costs a fraction of what it costs
 * through fetch's body and web streams, or through node:http. A request that was
 * written is never sent again, for it may have been read, and be billed; only one
 * that a kept connection did not even take whole goes out on a new one. No
 * redirects, no proxies, no decompression. Own certificate authorities are named in DENO_CERT.
 */
export class Exchange {
  /**
   * Rejects with NotConnected, BadAnswer, an error of the connection, or the
   * reason for which the exchange was dropped.
   */
  readonly answer: Promise<Answer>;
  #connection: Connection | null = null;
  #dropped = false;
  #reason: unknown;
  /** Whether all of the request left. */
  #written = false;
  readonly #aborting = Promise.withResolvers<never>();

  constructor(private readonly route: Route, body?: string | Uint8Array) {
    this.#aborting.promise.catch(() => {});
    this.answer = this.#send(requestBytes(route, body));
  }

  /** Closes the connection at once; an answer that is still awaited is given up for this reason. */
  drop(reason: unknown): void {
    if (this.#dropped) return;
    this.#dropped = true;
    this.#reason = reason;
    this.#aborting.reject(reason);
    this.#leave(false);
  }

  async #send(bytes: Uint8Array): Promise<Answer> {
    const kept = take(this.route);
    if (kept) {
      try {
        return await this.#ask(kept, bytes);
      } catch (error) {
        this.#leave(false);
        if (this.#dropped || this.#written) throw error;
      }
    }
    const made = connect(this.route);
    // Dropped meanwhile, nobody waits for it.
    const connection = await Promise.race([made, this.#aborting.promise]).catch((error) => {
      made.then(({ conn }) => closeQuietly(conn), () => {});
      throw error;
    });
    return await this.#ask(connection, bytes);
  }

  async #ask(connection: Connection, bytes: Uint8Array): Promise<Answer> {
    const { conn, reader } = connection;
    if (this.#dropped) {
      closeQuietly(conn);
      throw this.#reason;
    }
    this.#connection = connection;
    try {
      for (let at = 0; at < bytes.length;) {
        at += await conn.write(at === 0 ? bytes : bytes.subarray(at));
      }
      this.#written = true;
      const { status, headers } = await reader.head();
      return {
        status,
        headers,
        read: () => reader.body(),
        get brimming() {
          return reader.brimming;
        },
        done: () => this.#leave(reader.keeps),
      };
    } catch (error) {
      if (this.#dropped) throw this.#reason;
      throw error;
    }
  }

  /** Gives the connection back, or closes it; does nothing a second time. */
  #leave(keeps: boolean): void {
    const connection = this.#connection;
    this.#connection = null;
    if (!connection) return;
    if (keeps) keep(connection);
    else closeQuietly(connection.conn);
  }
}

function requestBytes({ head }: Route, body: string | Uint8Array | undefined): Uint8Array {
  if (body === undefined) return encoder.encode(`${head}\r\n`);
  const content = typeof body === "string" ? encoder.encode(body) : body;
  const start = encoder.encode(`${head}content-length: ${content.length}\r\n\r\n`);
  const bytes = new Uint8Array(start.length + content.length);
  bytes.set(start);
  bytes.set(content, start.length);
  return bytes;
}

/**
 * A fetch over {@link Exchange}, to stand under an SDK for answers that are short: each is
 * read whole, up to 1 MiB. Bodies are strings or bytes. The abort signal closes
 * the connection at once.
 * @throws {TypeError} for another kind of body; otherwise as {@link Exchange} does, or the signal's reason.
 */
export async function shortFetch(
  input: string | URL | Request,
  init: RequestInit = {},
): Promise<Response> {
  const { method = "GET", signal, body } = init;
  if (
    body !== undefined && body !== null && typeof body !== "string" && !(body instanceof Uint8Array)
  ) {
    throw new TypeError("The body must be a string or bytes");
  }
  signal?.throwIfAborted();
  const url = new URL(input instanceof Request ? input.url : input);
  const sent = new Exchange(routeTo(url, method, new Headers(init.headers)), body ?? undefined);
  const abort = () => sent.drop(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const response = await toResponse(await sent.answer);
    signal?.throwIfAborted();
    return response;
  } catch (error) {
    sent.drop(error);
    throw signal?.aborted ? signal.reason : error;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

/**
 * An answer as a Response, its body read, up to 1 MiB; then it is done with. Of a refusal
 * whose body breaks off, what came is enough: its status says what it is.
 */
export async function toResponse(answer: Answer): Promise<Response> {
  const { status } = answer;
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for (let piece = await answer.read(); piece; piece = await answer.read()) {
      pieces.push(piece.slice());
      length += piece.length;
      if (length >= MAX_BUFFERED) break;
    }
  } catch (error) {
    if (status < 300) throw error;
  }
  answer.done();
  const body = Uint8Array.from(Buffer.concat(pieces).subarray(0, MAX_BUFFERED));
  const headers = new Headers([...answer.headers]);
  return new Response(BODILESS.has(status) ? null : body, { status, headers });
}
