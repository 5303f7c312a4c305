import { STATUS_CODES } from "node:http";
import { HttpError } from "../runtime/http_error.ts";
import { checked, type ErrorScope, type RequestContext, type Step } from "./context.ts";
import { logError } from "./log.ts";
import { statusOf } from "./routing/route_step.ts";

/** A step that catches errors inside it and renders the scope's error page. */
export function boundary<State>(scope: ErrorScope<State>): Step<State> {
  return async (ctx) => {
    try {
      return await ctx.next();
    } catch (error) {
      return await explain(ctx, error, scope);
    }
  };
}

/** Renders the scope's error page; rethrows without one. */
export async function explain<State>(
  ctx: RequestContext<State>,
  error: unknown,
  scope: ErrorScope<State>,
): Promise<Response> {
  ctx.error = error;
  const page = statusOf(error) === 404 ? scope.notFound ?? scope.page : scope.page;
  if (page === null) throw error;
  logError(error);
  ctx.isExplained = true;
  ctx.surroundings = scope.surroundings;
  return checked(await page(ctx));
}

/** Fallback: the root's error page, or a line of text. */
export async function explainAtRoot<State>(
  ctx: RequestContext<State>,
  error: unknown,
  scope: ErrorScope<State>,
): Promise<Response> {
  try {
    return await explain(ctx, error, scope);
  } catch (last) {
    ctx.isExplained = true;
    return defaultAnswer(last);
  }
}

/** Plain response: the status, and the message of an HttpError. */
export function defaultAnswer(error: unknown): Response {
  logError(error);
  if (!(error instanceof HttpError)) return new Response("Internal server error", { status: 500 });
  const { status } = error;
  const text = error.message || (STATUS_CODES[status] ?? `Error ${status}`);
  return new Response(text, { status });
}
