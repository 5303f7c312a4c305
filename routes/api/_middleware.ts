import { define } from "@/lib/web/define.ts";
import { problemOf, problemResponse } from "@/lib/web/errors.ts";

/** Errors of the API are problem details (RFC 9457), never pages. */
export default define.middleware(async (ctx) => {
  try {
    return await ctx.next();
  } catch (error) {
    const response = problemResponse(error);
    if (problemOf(error).status >= 500) {
      ctx.state.services.deps.log("error", "The API failed", {
        path: ctx.route,
        error: error instanceof Error ? error.message : typeof error,
      });
    }
    return response;
  }
});
