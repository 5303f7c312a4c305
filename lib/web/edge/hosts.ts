import { isIP } from "node:net";
import type { Config } from "../../config.ts";

/** A host and port in a Host header. */
const AUTHORITY = /^(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i;

/** Whether requests for a host are served, or why not. */
export type HostVerdict = "allowed" | "foreign" | "malformed";

/**
 * Decides which hosts are served. Another site's page can make its name resolve to this machine
 * (DNS rebinding), so that the browser takes our answers for that page's own. The Host header
 * reveals it: a rebound name cannot look like a numeric address or like localhost.
 */
export function hostCheck(config: Config): (authority: string) => HostVerdict {
  const { PUBLIC_URL, ALLOWED_HOSTS, ADMIN_PASSWORD, onDeploy } = config;
  const own = ALLOWED_HOSTS.map((name) => name.toLowerCase());
  if (PUBLIC_URL !== undefined) own.push(new URL(PUBLIC_URL).hostname);
  // Such a server is reached under names that it cannot know.
  const any = own.length === 0 && (ADMIN_PASSWORD !== undefined || onDeploy);
  return (authority) => {
    const host = hostnameIn(authority);
    if (host === null) return "malformed";
    return any || isLocal(host) || own.includes(host) ? "allowed" : "foreign";
  };
}

/** The host name in lower case, without port and final dot; addresses normalised. */
function hostnameIn(authority: string): string | null {
  if (authority.length > 300 || !AUTHORITY.test(authority)) return null;
  const url = URL.parse(`http://${authority}/`);
  return url && url.hostname.replace(/\.$/, "");
}

function isLocal(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") ||
    isIP(host.replace(/^\[(.*)\]$/, "$1")) !== 0;
}
