import { z } from "zod";
import { AppError } from "@/lib/platform/errors.ts";
import { toolId } from "@/lib/tools/rules/tool.ts";
import { readFields } from "@/lib/tools/rules/tool_form.ts";
import { START_CURSOR } from "@/lib/chat/rules/turn_events.ts";
import { TurnFeed } from "@/lib/chat/feed.ts";
import { ownFieldsOf, type ToolFields } from "@/lib/shared/views/tool_admin_view.ts";
import { adminJson } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";
import { problemResponse } from "@/lib/web/errors.ts";
import { eventStream } from "@/lib/web/edge/stream.ts";
import { streamOptions } from "@/lib/web/visit.ts";

const name = z.string().regex(/^[\w-]{8,64}$/);
const text = z.string().max(40_000);
const question = z.object({
  tool: toolId.nullable(),
  /** The editor's form by field; null uses the stored tool. */
  fields: z.record(z.string().max(40), text).nullable(),
  /** Values of the second draft. */
  own: z.object({
    systemPrompt: text,
    model: text,
    effort: text.default(""),
    temperature: text,
    maxTokens: text,
  }).nullable().default(null),
  conversation: name,
  request: name,
  message: z.string().trim().min(1).max(10_000),
});

/** Starts a preview turn and streams its events. Rate limit of its own: 15 a minute. */
export const handler = define.handlers({
  async POST(ctx) {
    const body = await adminJson(ctx, { maxBytes: 512 * 1024, counts: false });
    const asked = question.safeParse(body);
    try {
      if (!asked.success) throw new AppError("invalid", { code: "preview.invalid" });
      const { fields, own, ...rest } = asked.data;
      const { live } = await ctx.state.services.tools.preview.ask(adminOf(ctx.state).email, {
        ...rest,
        fields: fields && read(fields),
        own: own && ownFieldsOf(read(own)),
      });
      if (live === null) throw new AppError("conflict", { code: "preview.repeated" });
      const options = streamOptions(ctx, `admin ${adminOf(ctx.state).email}`);
      return eventStream((wake) => new TurnFeed(live, START_CURSOR, wake), options);
    } catch (error) {
      return problemResponse(error, ctx);
    }
  },
});

function read(fields: Record<string, string>): ToolFields {
  return readFields((name) => Object.hasOwn(fields, name) ? fields[name] ?? "" : "");
}
