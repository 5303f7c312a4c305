import { apiModels } from "@/lib/api/model_list.ts";
import { define } from "@/lib/web/define.ts";
import { callerOf, withAnswerFields } from "@/lib/web/v1/gate.ts";

/** The tools that a key may ask, as models. */
export const handler = define.handlers({
  async GET(ctx) {
    const began = performance.now();
    const { api, deps } = ctx.state.services;
    const caller = await callerOf(ctx);
    const rate = await api.keyCheck.admit(caller);
    const answer = Response.json({ object: "list", data: await apiModels(deps, caller) });
    return withAnswerFields(answer, ctx, caller, rate, began);
  },
});
