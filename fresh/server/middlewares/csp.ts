import { type FinishedContext, RequestContext } from "../context.ts";
import type { Middleware } from "../types.ts";

/** Options of {@linkcode csp}. */
export interface CSPOptions {
  /** Reports violations without blocking. */
  reportOnly?: boolean;
  /** Endpoint of violation reports. */
  reportTo?: string;
  /** Directives that replace defaults of the same name; without a value they remove them. */
  csp?: string[];
  /** Allows inline scripts and styles only by a nonce. */
  useNonce?: boolean;
}

const DEFAULTS = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "upgrade-insecure-requests",
];

const NONCED = /^(?:(?:script|style)-src(?:-elem)?|style-src-attr|default-src) /;
// Placeholder; policies contain no line breaks.
const NONCE = "\n";

/** Sets a Content-Security-Policy on all responses, including error pages and redirects. */
export function csp<State>(options: CSPOptions = {}): Middleware<State> {
  const { reportOnly = false, reportTo, useNonce = false } = options;
  const parts = directives(options).map((directive) =>
    useNonce && NONCED.test(directive)
      ? directive.replace("'unsafe-inline'", `'nonce-${NONCE}'`)
      : directive
  );
  const policy = parts.join("; ").split(NONCE);
  const header = `content-security-policy${reportOnly ? "-report-only" : ""}`;
  const finish = (headers: Headers, ctx: FinishedContext) => {
    headers.set(header, policy.length === 1 ? policy.join("") : policy.join(ctx.nonce));
    if (reportTo !== undefined) headers.set("reporting-endpoints", `csp-endpoint="${reportTo}"`);
  };
  return (ctx) => {
    if (!(ctx instanceof RequestContext)) throw new TypeError("not a context of this package");
    if (useNonce) ctx.demandNonce();
    // At the end, because error pages are made outside this middleware.
    ctx.finally(finish);
    return ctx.next();
  };
}

function directives({ csp = [], reportTo }: CSPOptions): string[] {
  const byName = new Map<string, string>();
  for (const directive of [...DEFAULTS, ...csp]) {
    const text = directive.trim().replace(/;$/, "");
    const name = text.split(/\s/, 1).join("").toLowerCase();
    const isOff = name === text.toLowerCase() && byName.has(name);
    if (isOff) byName.delete(name);
    else if (name !== "") byName.set(name, text);
  }
  if (reportTo !== undefined) {
    byName.set("report-to", "report-to csp-endpoint");
    byName.set("report-uri", `report-uri ${reportTo}`);
  }
  return [...byName.values()];
}
