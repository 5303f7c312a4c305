import { RequestContext } from "../context.ts";
import type { Context, Middleware } from "../types.ts";

/** Options of {@linkcode cors}. */
export interface CORSOptions<State> {
  origin?:
    | string
    | string[]
    | ((origin: string, ctx: Context<State>) => string | null | undefined);
  allowMethods?: string[];
  allowHeaders?: string[];
  exposeHeaders?: string[];
  maxAge?: number;
  credentials?: boolean;
}

const METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH"];

/** Sets CORS headers, so that other origins can read responses. */
export function cors<State>(options: CORSOptions<State> = {}): Middleware<State> {
  const { origin: allowed = "*", allowMethods = METHODS, allowHeaders, exposeHeaders } = options;
  const pick = (origin: string, ctx: Context<State>): string | null => {
    if (typeof allowed === "function") return allowed(origin, ctx) ?? null;
    if (typeof allowed === "string") return allowed === "*" || allowed === origin ? allowed : null;
    return allowed.includes(origin) ? origin : null;
  };
  return (ctx) => {
    if (!(ctx instanceof RequestContext)) throw new TypeError("not a context of this package");
    const origin = pick(ctx.req.headers.get("origin") ?? "", ctx);
    ctx.finally((headers) => {
      if (origin !== null) headers.set("access-control-allow-origin", origin);
      if (origin !== "*") addVary(headers, "Origin");
      if (options.credentials) headers.set("access-control-allow-credentials", "true");
      if (exposeHeaders) headers.set("access-control-expose-headers", exposeHeaders.join(","));
    });
    return ctx.req.method === "OPTIONS" ? preflight(ctx.req) : ctx.next();
  };

  function preflight(req: Request): Response {
    const headers = new Headers({ "access-control-allow-methods": allowMethods.join(",") });
    if (options.maxAge !== undefined) {
      headers.set("access-control-max-age", String(options.maxAge));
    }
    const requested = req.headers.get("access-control-request-headers")?.split(/\s*,\s*/) ?? [];
    const accepted = allowHeaders ?? requested;
    if (accepted.length > 0) headers.set("access-control-allow-headers", accepted.join(","));
    if (allowHeaders === undefined) addVary(headers, "Access-Control-Request-Headers");
    return new Response(null, { status: 204, headers });
  }
}

function addVary(headers: Headers, name: string): void {
  const names = headers.get("vary")?.toLowerCase().split(/\s*,\s*/) ?? [];
  if (!names.includes(name.toLowerCase())) headers.append("vary", name);
}
