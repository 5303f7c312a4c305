import { BlockList, isIP } from "node:net";

/** Proxies for outbound requests, and the hosts reached without them. */
export interface ProxySettings {
  http?: string;
  https?: string;
  /** The value of NO_PROXY. */
  bypass?: string;
}

/** Network settings of outbound requests. */
export interface OutboundSettings {
  readonly proxies: ProxySettings;
  /** A PEM file of additional trusted certificate authorities. */
  readonly authorities: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the runtime settings that `node:http(s)` ignores, and their problems. */
export function readOutbound(env: Environment): OutboundSettings & { problems: string[] } {
  const proxies = readProxies(env);
  const named = [proxies.http, proxies.https].filter((address) => address !== undefined);
  return {
    proxies,
    authorities: env.DENO_CERT?.trim() || undefined,
    problems: named.every(isHttpProxy) ? [] : [
      "Nothing goes through a proxy: HTTP_PROXY and HTTPS_PROXY take an http or https address",
    ],
  };
}

/** Reads HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, in upper or lower case. */
export function readProxies(env: Environment): ProxySettings {
  const read = (name: string) => env[name]?.trim() || env[name.toLowerCase()]?.trim() || undefined;
  const proxy = (name: string) => {
    const value = read(name) ?? read("ALL_PROXY");
    return value === undefined || value.includes("://") ? value : `http://${value}`;
  };
  return { http: proxy("HTTP_PROXY"), https: proxy("HTTPS_PROXY"), bypass: read("NO_PROXY") };
}

/** Whether an address is an HTTP proxy's; SOCKS is not supported. */
export function isHttpProxy(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}

/**
 * Whether NO_PROXY contains a host. It lists names (with their subdomains), IP addresses and
 * networks such as 10.0.0.0/8, separated by commas; `*` is every host.
 */
export function bypassesProxy(hostname: string, list = ""): boolean {
  const host = hostname.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  return list.toLowerCase().split(",").map((entry) => entry.trim()).some((entry) => {
    if (entry === "") return false;
    if (entry === "*") return true;
    if (isIP(host) > 0) return isInNetwork(host, entry);
    const name = entry.replace(/^\*?\./, "");
    return host === name || host.endsWith(`.${name}`);
  });
}

function isInNetwork(address: string, network: string): boolean {
  const [net = "", prefix] = network.split("/");
  const version = isIP(net);
  if (version === 0 || version !== isIP(address)) return false;
  const family = version === 6 ? "ipv6" : "ipv4";
  const bits = prefix === undefined ? (version === 6 ? 128 : 32) : Number(prefix);
  const list = new BlockList();
  try {
    list.addSubnet(net, bits, family);
  } catch {
    return false;
  }
  return list.check(address, family);
}
