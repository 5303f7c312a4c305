import { apiModel } from "@/lib/api/model_list.ts";
import { define } from "@/lib/web/define.ts";
import { callerOf, withAnswerFields } from "@/lib/web/v1/gate.ts";

/** One tool as a model. */
export const handler = define.handlers({
  async GET(ctx) {
    const began = performance.now();
    const { api, deps } = ctx.state.services;
    const caller = await callerOf(ctx);
    const rate = await api.keyCheck.admit(caller);
    const tool = await api.completions.toolOf(caller, ctx.params.id ?? "");
    return withAnswerFields(Response.json(await apiModel(deps, tool)), ctx, caller, rate, began);
  },
});
