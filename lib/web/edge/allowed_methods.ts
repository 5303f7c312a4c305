import { type HandlerByMethod, HttpError } from "fresh";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

const allowed = new WeakMap<Request, string>();

/** Value of `Allow` for a request whose method its address does not support, or null. */
export function allowedOf(request: Request): string | null {
  return allowed.get(request) ?? null;
}

/** Answers methods without a handler: OPTIONS with `Allow`, others with 405. */
export function otherMethods<State>(
  handlers: HandlerByMethod<unknown, State>,
): HandlerByMethod<unknown, State> {
  const takes = (method: typeof METHODS[number]) =>
    method in handlers || (method === "HEAD" && "GET" in handlers);
  const allow = METHODS.filter(takes).join(", ");
  const others: HandlerByMethod<unknown, State> = {};
  for (const method of METHODS) {
    if (takes(method)) continue;
    others[method] = function otherMethod(ctx) {
      if (method === "OPTIONS") return new Response(null, { status: 204, headers: { allow } });
      allowed.set(ctx.req, allow);
      throw new HttpError(405);
    };
  }
  return others;
}
