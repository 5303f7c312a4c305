import { parseCompletion } from "@/lib/api/rules/completion_request.ts";
import { define } from "@/lib/web/define.ts";
import { readJson } from "@/lib/web/edge/body.ts";
import { readerOf } from "@/lib/web/reader.ts";
import { streamedAnswer, wholeAnswer } from "@/lib/web/v1/completion_answer.ts";
import { API_BODIES, API_BODY_BYTES, callerOf, withAnswerFields } from "@/lib/web/v1/gate.ts";

/** A tool's reply to a client's own conversation, whole or streamed. */
export const handler = define.handlers({
  async POST(ctx) {
    const began = performance.now();
    const { api } = ctx.state.services;
    const caller = await callerOf(ctx);
    const asked = parseCompletion(await readJson(ctx.req, API_BODY_BYTES, API_BODIES));
    const { run, rate } = await api.completions.start(caller, asked);
    const { signal } = ctx.req;
    const answer = asked.stream
      ? await streamedAnswer(run, asked, () => readerOf(ctx), signal)
      : await wholeAnswer(run, asked, signal);
    return withAnswerFields(answer, ctx, caller, rate, began);
  },
});
