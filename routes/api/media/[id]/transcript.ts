import { CHAT_BODY_BYTES, readJson } from "@/lib/web/edge/body.ts";
import { define } from "@/lib/web/define.ts";
import { browserLanguages, parseTranscript } from "@/lib/web/upload_request.ts";
import { limitAddress, visit } from "@/lib/web/visit.ts";

/** The transcript of a visitor's recording, at the cost of a tool. */
export const handler = define.handlers({
  async POST(ctx) {
    const { pages, voiceNotes } = ctx.state.services;
    const toolId = parseTranscript(await readJson(ctx.req, CHAT_BODY_BYTES));
    const transcript = await voiceNotes.transcribe({
      visitor: visit(ctx).id,
      address: limitAddress(ctx),
      id: ctx.params.id ?? "",
      tool: await pages.tool(toolId),
      languages: browserLanguages(ctx.req),
    });
    return Response.json(transcript, { headers: { "cache-control": "no-store" } });
  },
});
