import { Buffer } from "node:buffer";
import { lookup, type LookupAddress } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { headersOf, HttpClient, NotConnected } from "../../platform/http_client.ts";

export interface WireRequest {
  url: URL;
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

export interface WireLimits {
  /** From the call to the last byte of the response. */
  timeoutMs: number;
  /** Largest response body, in bytes. */
  maxBytes: number;
  signal: AbortSignal | undefined;
  /** Refuses names with private addresses, unless a proxy resolves them. */
  publicOnly?: boolean;
}

export interface WireAnswer {
  status: number;
  headers: Headers;
  body: Uint8Array<ArrayBuffer>;
}

export type WireFault = "timeout" | "aborted" | "connection" | "tooLarge" | "address";

/** A request without a complete response. */
export class WireError extends Error {
  override name = "WireError";

  /** @param sent whether the server may have received the request, and acted on it */
  constructor(readonly fault: WireFault, readonly sent: boolean) {
    super(`No answer: ${fault}`);
  }
}

/**
 * Sends one request exactly once, on a new connection; follows no redirect.
 * A kept connection may be closed by the server during the request, which leaves its outcome
 * unknown.
 * @throws {WireError}
 */
export async function exchange(
  request: WireRequest,
  { timeoutMs, maxBytes, signal: given, publicOnly }: WireLimits,
  http = new HttpClient(),
): Promise<WireAnswer> {
  const late = AbortSignal.timeout(timeoutMs);
  const signal = given ? AbortSignal.any([given, late]) : late;
  const lookup = publicOnly ? { lookup: publicLookup } : {};
  try {
    const message = await http.send({ ...request, ...lookup, signal, ownConnection: true });
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of message) {
      if ((size += piece.length) > maxBytes) throw new WireError("tooLarge", true);
      pieces.push(piece);
    }
    // A truncated response may end like a complete one.
    if (!message.complete) throw new WireError("connection", true);
    return {
      status: message.statusCode ?? 0,
      headers: headersOf(message),
      body: Uint8Array.from(Buffer.concat(pieces)),
    };
  } catch (error) {
    if (error instanceof WireError) throw error;
    const sent = !(error instanceof NotConnected);
    if (given?.aborted) throw new WireError("aborted", sent);
    if (late.aborted) throw new WireError("timeout", sent);
    const isPrivate = !sent && error.cause instanceof PrivateAddress;
    throw new WireError(isPrivate ? "address" : "connection", sent);
  }
}

class PrivateAddress extends Error {}

/**
 * Addresses that are not public.
 * https://www.iana.org/assignments/iana-ipv4-special-registry and its IPv6 counterpart
 */
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
/**
 * A separate list, because BlockList also matches an IPv4 address as its IPv4-mapped IPv6 address.
 */
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

/** Whether an address is private, of this machine, or unspecified. */
export function isPrivate(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isPrivate(mapped);
  const family = isIP(address);
  if (family === 0) return true;
  return family === 6 ? PRIVATE_V6.check(address, "ipv6") : PRIVATE_V4.check(address, "ipv4");
}

/** Resolves a name and checks the addresses that are then connected to. */
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
