import { withUrl } from "./target.ts";

const PREFIX = "/.netlify/functions/";

/** The original product's addresses, still used by monitors and scripts, with replacements. */
const MOVED = new Map([
  ["chat", "/api/chat"],
  ["tools", "/api/tools"],
  ["verify-sync", "/api/health"],
  ["cost-summary", "/api/cost-summary"],
  ["simple-test", "/api/live"],
  ["whatsapp", "/api/whatsapp"],
  ["send-link-code", "/api/link"],
  ["verify-link-code", "/api/link/verify"],
]);

/** Rewrites a request for one of the original's addresses; returns any other unchanged. */
export function rewriteLegacyAddress(request: Request): Request {
  const at = request.url.indexOf(PREFIX);
  if (at < 0) return request;
  const url = new URL(request.url);
  const target = MOVED.get(url.pathname.slice(PREFIX.length));
  if (!target || !url.pathname.startsWith(PREFIX)) return request;
  url.pathname = target;
  return withUrl(request, url);
}
