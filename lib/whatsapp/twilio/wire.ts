import { Buffer } from "node:buffer";
import { lookup, type LookupAddress } from "node:dns";
import http, { type ClientRequest, type IncomingMessage } from "node:http";
import https from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { urlToHttpOptions } from "node:url";

export interface WireRequest {
  url: URL;
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

export interface WireLimits {
  /** For everything, from the call to the answer's last byte. */
  timeoutMs: number;
  /** Bytes of the answer's body. */
  maxBytes: number;
  signal: AbortSignal | undefined;
  /** Refuses names that lead to private addresses. */
  publicOnly?: boolean;
}

export interface WireAnswer {
  status: number;
  headers: Headers;
  body: Uint8Array<ArrayBuffer>;
}

export type WireFault = "timeout" | "aborted" | "connection" | "tooLarge" | "address";

/** An exchange that brought no whole answer. */
export class WireError extends Error {
  override name = "WireError";

  /** @param sent whether the server may have got the request: then it may have acted on it as well */
  constructor(readonly fault: WireFault, readonly sent: boolean) {
    super(`No answer: ${fault}`);
  }
}

/**
 * One HTTP request on a connection of its own, sent exactly once: Deno sends a
 * request anew by itself when a kept connection is reset under it, through fetch
 * (https://github.com/denoland/deno/issues/35610) and through an agent of
 * node:http alike, and a message must not go out twice. Follows no redirect.
 * @throws {WireError}
 */
export function exchange(request: WireRequest, limits: WireLimits): Promise<WireAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<WireAnswer>();
  const { signal } = limits;
  if (signal?.aborted) return Promise.reject(new WireError("aborted", false));
  let connected = false;
  const sent = open(request, limits.publicOnly === true);
  const fail = (fault: WireFault) => {
    reject(new WireError(fault, connected));
    sent.destroy();
  };
  const abort = () => fail("aborted");
  const timer = setTimeout(() => fail("timeout"), limits.timeoutMs);
  signal?.addEventListener("abort", abort, { once: true });
  sent.once("socket", (socket) => {
    if (!socket.connecting) connected = true;
    else socket.once("connect", () => connected = true);
  });
  sent.on("error", (error) => fail(error instanceof PrivateAddress ? "address" : "connection"));
  sent.once("response", (message) => read(message, limits.maxBytes, fail, resolve));
  sent.end(request.body);
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  });
}

function open({ url, method, headers, body }: WireRequest, publicOnly: boolean): ClientRequest {
  const { hostname, port, path } = urlToHttpOptions(url);
  const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
  const options = {
    hostname,
    port,
    path,
    method,
    agent: false,
    headers: { ...headers, ...length, Connection: "close" },
    ...(publicOnly ? { lookup: publicLookup } : {}),
  };
  return url.protocol === "https:" ? https.request(options) : http.request(options);
}

function read(
  message: IncomingMessage,
  maxBytes: number,
  fail: (fault: WireFault) => void,
  done: (answer: WireAnswer) => void,
): void {
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) {
    for (const each of [value ?? []].flat()) headers.append(name, each);
  }
  const pieces: Uint8Array[] = [];
  let size = 0;
  message.on("data", (piece: Uint8Array) => {
    size += piece.length;
    if (size > maxBytes) fail("tooLarge");
    else pieces.push(piece);
  });
  message.on("error", () => fail("connection"));
  message.once("close", () => fail("connection"));
  message.once("end", () => {
    // An answer that was cut short ends as well.
    if (!message.complete) return fail("connection");
    done({
      status: message.statusCode ?? 0,
      headers,
      body: Uint8Array.from(Buffer.concat(pieces)),
    });
  });
}

class PrivateAddress extends Error {}

/** Addresses that nobody on the internet has: https://www.iana.org/assignments/iana-ipv4-special-registry and its IPv6 sister. */
const PRIVATE_V4 = new BlockList();
for (
  const [net, prefix] of [
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.0.0.0", 24],
    ["192.168.0.0", 16],
    ["198.18.0.0", 15],
    ["224.0.0.0", 3],
  ] as const
) PRIVATE_V4.addSubnet(net, prefix, "ipv4");
/** A list of its own: an IPv4 address is also looked for as the IPv6 address that it is mapped to. */
const PRIVATE_V6 = new BlockList();
for (
  const [net, prefix] of [
    ["::", 96],
    ["::ffff:0:0", 96],
    ["64:ff9b::", 96],
    ["fc00::", 7],
    ["fe80::", 10],
    ["ff00::", 8],
  ] as const
) PRIVATE_V6.addSubnet(net, prefix, "ipv6");

/** Whether an address is one of a private network, of this machine, or none at all. */
export function isPrivate(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isPrivate(mapped);
  const family = isIP(address);
  if (family === 0) return true;
  return family === 6 ? PRIVATE_V6.check(address, "ipv6") : PRIVATE_V4.check(address, "ipv4");
}

/** Resolves a name and checks the very addresses that are then connected to. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    const [first] = found ?? [];
    if (error || first === undefined) return callback(error ?? new Error("No address"), "", 4);
    if (found.some(({ address }) => isPrivate(address))) {
      return callback(new PrivateAddress("A private address"), "", 4);
    }
    if (options.all) callback(null, found);
    else callback(null, first.address, first.family);
  });
};
