import { BlockList, isIP } from "node:net";

export interface ClientAddress {
  /** The address for limits: IPv4 as it is, IPv6 by its /64. */
  of(headers: Headers, peer: string): string;
}

/**
 * Reads the client's address. Forwarded headers count only from trusted proxies and are read from
 * the right: everything left of the first untrusted address was written by the client.
 * @param trusted addresses or CIDR ranges
 * @throws {Error} for any other entry
 */
export function clientAddress(trusted: readonly string[]): ClientAddress {
  const list = new BlockList();
  for (const entry of trusted) addTo(list, entry);
  const isTrusted = (address: string): boolean => {
    const kind = isIP(address);
    return kind !== 0 && list.check(address, kind === 4 ? "ipv4" : "ipv6");
  };
  return {
    of(headers, peer) {
      let address = plain(peer);
      if (trusted.length > 0 && isTrusted(address)) {
        const hops = (headers.get("x-forwarded-for") ?? "").split(",").map((hop) =>
          plain(hop.trim())
        );
        for (let i = hops.length - 1; i >= 0; i--) {
          const hop = hops[i] ?? "";
          if (isIP(hop) === 0) break;
          address = hop;
          if (!isTrusted(hop)) break;
        }
      }
      return bucket(address);
    },
  };
}

function addTo(list: BlockList, entry: string): void {
  const [address = "", bits, more] = entry.split("/");
  const kind = isIP(address);
  const length = Number(bits);
  const fits = bits === undefined || (/^\d+$/.test(bits) && length <= (kind === 4 ? 32 : 128));
  if (kind === 0 || !fits || more !== undefined) {
    throw new Error(
      `Cannot start: TRUSTED_PROXIES takes addresses or CIDR ranges, not "${entry}"`,
    );
  }
  const family = kind === 4 ? "ipv4" : "ipv6";
  if (bits === undefined) list.addAddress(address, family);
  else list.addSubnet(address, length, family);
}

/** Normalises an address: without brackets, port and zone; an IPv4-mapped IPv6 address is IPv4. */
function plain(address: string): string {
  const bare = address
    .replace(/^\[([^\]]+)\](:\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1")
    .replace(/%.*$/, "");
  if (isIP(bare) !== 6) return bare;
  const usual = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(usual);
  if (!mapped) return usual;
  return mapped.slice(1).flatMap((group) => {
    const bits = parseInt(group, 16);
    return [bits >> 8, bits & 255];
  }).join(".");
}

/** One household has a whole /64 of IPv6, which counts as one. */
function bucket(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail = ""] = address.split("::");
  const left = head.split(":").filter((group) => group !== "");
  const right = tail.split(":").filter((group) => group !== "");
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => "0");
  return `${[...left, ...zeros, ...right].slice(0, 4).join(":")}::/64`;
}
