import { define } from "@/lib/web/define.ts";
import { fileAnswer } from "@/lib/web/edge/file_answer.ts";
import { appendPiece, uploadHeaders } from "@/lib/web/upload_request.ts";
import { visit } from "@/lib/web/visit.ts";

/**
 * A picture, staged or of a conversation, or a kept recording, for its visitor only, or an upload
 * under way;
 * lib/web/secure_app.ts sandboxes it.
 */
export const handler = define.handlers({
  async GET(ctx) {
    const { pages, pictures } = ctx.state.services;
    const visitor = visit(ctx).id, id = ctx.params.id ?? "";
    const file = await pictures.file(visitor, id) ?? await pages.picture(visitor, id);
    return fileAnswer(ctx.req, file);
  },
  /** How far an upload has come; for files their headers. */
  async HEAD(ctx) {
    const { pages, pictures, voiceNotes: { uploads } } = ctx.state.services;
    const visitor = visit(ctx).id, id = ctx.params.id ?? "";
    const progress = await uploads.progress(visitor, id);
    if (progress !== null) return new Response(null, { headers: uploadHeaders(progress) });
    const file = await pictures.file(visitor, id) ?? await pages.picture(visitor, id);
    return fileAnswer(ctx.req, file);
  },
  /** The next piece of an upload. */
  async PATCH(ctx) {
    return await appendPiece(ctx);
  },
  /** Discards an upload, or a picture that was not sent. */
  async DELETE(ctx) {
    await ctx.req.body?.cancel();
    const { pictures, voiceNotes: { uploads } } = ctx.state.services;
    const visitor = visit(ctx).id, id = ctx.params.id ?? "";
    await uploads.drop(visitor, id);
    await pictures.drop(visitor, [id]);
    return new Response(null, { status: 204 });
  },
});
