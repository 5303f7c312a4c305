import { HttpError } from "../../runtime/http_error.ts";
import type { Context, Middleware } from "../types.ts";

/** Options of {@linkcode csrf}. */
export interface CsrfOptions<State> {
  /** Allowed origins; default: the app's own. */
  origin?: string | string[] | ((origin: string, ctx: Context<State>) => boolean);
}

const HARMLESS = new Set(["GET", "HEAD", "OPTIONS"]);

/** Rejects state-changing requests from other sites with 403. */
export function csrf<State>({ origin: allowed }: CsrfOptions<State> = {}): Middleware<State> {
  const isAllowed = (origin: string | null, ctx: Context<State>): boolean => {
    if (origin === null) return false;
    if (typeof allowed === "function") return allowed(origin, ctx);
    if (allowed === undefined) return origin === ctx.url.origin;
    return typeof allowed === "string" ? origin === allowed : allowed.includes(origin);
  };
  return (ctx) => {
    const { method, headers } = ctx.req;
    if (HARMLESS.has(method)) return ctx.next();
    const site = headers.get("sec-fetch-site");
    const origin = headers.get("origin");
    const isOwn = site === null ? origin === null : site === "same-origin" || site === "none";
    if (isOwn || isAllowed(origin, ctx)) return ctx.next();
    throw new HttpError(403);
  };
}
