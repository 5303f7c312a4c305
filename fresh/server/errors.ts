import { STATUS_CODES } from "node:http";
import { HttpError } from "../runtime/http_error.ts";
import { checked, type ErrorScope, type RequestContext, type Step } from "./context.ts";
import { logError } from "./log.ts";
import { statusOf } from "./route_step.ts";

/** A step that lets the error page of its scope answer for what is inside. */
export function boundary<State>(scope: ErrorScope<State>): Step<State> {
  return async (ctx) => {
    try {
      return await ctx.next();
    } catch (error) {
      return await explain(ctx, error, scope);
    }
  };
}

/** Lets the error page of a scope answer; throws when there is none. */
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

/** The last resort: the root's error page, or else a line of text. */
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

/** Says no more than the status and what an HttpError wants to be said. */
export function defaultAnswer(error: unknown): Response {
  logError(error);
  if (!(error instanceof HttpError)) return new Response("Internal server error", { status: 500 });
  const { status } = error;
  const text = error.message || (STATUS_CODES[status] ?? `Error ${status}`);
  return new Response(text, { status });
}
