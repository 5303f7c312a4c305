import type { MiddlewareFn } from "fresh";
import { AppError } from "../platform/errors.ts";
import type { State } from "./define.ts";
import { noteError } from "./edge/request_record.ts";
import { codeOf, httpErrorOf, problemOf, problemResponse } from "./errors.ts";
import { readerOf } from "./reader.ts";
import { apiErrorResponse } from "./v1/api_errors.ts";
import { isApiPath } from "./v1/gate.ts";

/**
 * Turns AppErrors into HTTP errors: problem details (RFC 9457) for the API, OpenAI's form for
 * /v1, never pages; elsewhere the error page with the same status.
 */
export const errorAnswers: MiddlewareFn<State> = async (ctx) => {
  try {
    return await ctx.next();
  } catch (error) {
    noteError(ctx.req, codeOf(error));
    if (isApiPath(ctx.url.pathname)) return apiErrorResponse(error, readerOf(ctx));
    if (ctx.url.pathname.startsWith("/api/")) {
      if (problemOf(error, readerOf(ctx)).status >= 500) {
        ctx.state.services.deps.log("error", "The API failed", {
          path: ctx.route,
          error: error instanceof Error ? error.message : typeof error,
        });
      }
      return problemResponse(error, ctx);
    }
    if (!(error instanceof AppError)) throw error;
    throw httpErrorOf(error);
  }
};
