const STATUSES = [301, 302, 303, 307, 308];
// deno-lint-ignore no-control-regex -- browsers strip these, which can hide an origin
const IGNORED_BY_BROWSERS = /^[\u0000-\u0020]+|[\t\r\n]/g;

/** A redirect; a path cannot lead to another origin. */
export function redirect(to: string, status = 302): Response {
  if (!STATUSES.includes(status)) throw new RangeError(`${status} is not a redirect status`);
  return new Response(null, { status, headers: { location: safeLocation(to) } });
}

function safeLocation(to: string): string {
  const clean = to.replace(IGNORED_BY_BROWSERS, "");
  if (!/^[/\\]/.test(clean)) return clean;
  const end = clean.search(/[?#]/);
  const path = end === -1 ? clean : clean.slice(0, end);
  return path.replace(/[/\\]+/g, "/") + clean.slice(path.length);
}
