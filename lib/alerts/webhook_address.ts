import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { networkInterfaces } from "node:os";
import type { Config } from "../config.ts";

/** Class of an address: public, private (this machine and its networks), or never allowed. */
type Reach = "public" | "private" | "never";

type Settings = Pick<Config, "ALERT_WEBHOOK_PRIVATE" | "PORT" | "PUBLIC_URL">;

/** Link-local, multicast, unspecified, and cloud metadata addresses. */
const NEVER = blockList(
  ["0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4"],
  ["100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32"],
  ["::/128", "fe80::/10", "ff00::/8", "fd00:ec2::254/128", "2001::/32", "64:ff9b:1::/48"],
);
/** This machine, and networks that are not public. */
const PRIVATE = blockList(
  ["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"],
  ["192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"],
  ["::1/128", "fc00::/7", "fec0::/10", "100::/64", "2001:db8::/32"],
);

/** Resolves a host name. */
export type Resolve = (host: string) => Promise<readonly { address: string }[]>;

const bySystem: Resolve = (host) => lookup(host, { all: true });

/** An address that connections are allowed to. */
export interface AllowedAddress {
  address: string;
  family: 4 | 6;
}

/**
 * Resolves a URL's host; null unless all of its addresses are allowed.
 * Connect to these very addresses: another lookup may return others (DNS rebinding).
 */
export async function allowedAddresses(
  settings: Settings,
  url: URL,
  resolve: Resolve = bySystem,
): Promise<AllowedAddress[] | null> {
  if (isOwnSite(settings, url)) return null;
  const host = hostOf(url);
  const found = isIP(host) === 0 ? await resolve(host) : [{ address: host }];
  const port = portOf(url);
  const allowed = found.every(({ address }) => isAllowed(settings, address, port));
  if (!allowed) return null;
  return found.map(({ address }) => ({ address, family: isIP(address) === 6 ? 6 : 4 }));
}

/** Whether a URL is refused without a DNS lookup. */
export function isRefusedAtSight(settings: Settings, url: URL): boolean {
  if (isOwnSite(settings, url)) return true;
  const host = hostOf(url);
  const address = /(^|\.)localhost\.?$/i.test(host) ? "127.0.0.1" : host;
  return isIP(address) !== 0 && !isAllowed(settings, address, portOf(url));
}

function isAllowed(settings: Settings, address: string, port: number): boolean {
  const reach = reachOf(address);
  if (reach === "never") return false;
  const here = isThisMachine(address);
  if (here && port === settings.PORT) return false;
  return (reach === "public" && !here) || settings.ALERT_WEBHOOK_PRIVATE;
}

/** Class of an address; IPv4 inside IPv6 counts as IPv4. */
export function reachOf(address: string): Reach {
  const bare = address.replace(/%.*$/, "");
  const inner = innerIPv4(bare);
  if (inner !== null) return reachOf(inner);
  const kind = isIP(bare);
  if (kind === 0) return "never";
  const family = kind === 4 ? "ipv4" : "ipv6";
  if (NEVER.check(bare, family)) return "never";
  return PRIVATE.check(bare, family) ? "private" : "public";
}

/** The IPv4 address in a mapped, translated, compatible, NAT64 or 6to4 address. */
function innerIPv4(address: string): string | null {
  if (isIP(address) !== 6) return null;
  const groups = groupsOf(address);
  const zeros = (from: number, to: number) => groups.slice(from, to).every((group) => group === 0);
  const mapped = zeros(0, 5) && groups[5] === 0xffff;
  const translated = zeros(0, 4) && groups[4] === 0xffff && groups[5] === 0;
  const compatible = zeros(0, 6) && (groups[6] !== 0 || (groups[7] ?? 0) > 1);
  const nat64 = groups[0] === 0x64 && groups[1] === 0xff9b && zeros(2, 6);
  const at = groups[0] === 0x2002 ? 1 : mapped || translated || compatible || nat64 ? 6 : null;
  if (at === null) return null;
  return groups.slice(at, at + 2).flatMap((group) => [group >> 8, group & 255]).join(".");
}

function groupsOf(address: string): number[] {
  const usual = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = "", tail] = usual.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array.from({ length: zeros }, () => "0"), ...right]
    .map((group) => parseInt(group, 16));
}

/** Whether an address is one of this machine's. */
function isThisMachine(address: string): boolean {
  if (/^127\.|^::1$/.test(innerIPv4(address) ?? address)) return true;
  try {
    return Object.values(networkInterfaces()).flat().some((own) => own?.address === address);
  } catch {
    // Without permission to list interfaces; their addresses are mostly private anyway.
    return false;
  }
}

/** Whether a URL leads to this server by its public address. */
function isOwnSite({ PUBLIC_URL }: Settings, url: URL): boolean {
  const own = PUBLIC_URL === undefined ? null : URL.parse(PUBLIC_URL);
  return own !== null && hostOf(own) === hostOf(url) && portOf(own) === portOf(url);
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "").toLowerCase();
}

function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === "https:" ? 443 : 80);
}

function blockList(...ranges: string[][]): BlockList {
  const list = new BlockList();
  for (const range of ranges.flat()) {
    const [address = "", bits] = range.split("/");
    list.addSubnet(address, Number(bits), isIP(address) === 4 ? "ipv4" : "ipv6");
  }
  return list;
}
