import { MOST_SOUND_MEGABYTES } from "@/lib/media/uploads/uploads.ts";
import { AppError } from "@/lib/platform/errors.ts";
import { readMedia } from "@/lib/web/edge/body.ts";
import { define } from "@/lib/web/define.ts";
import { browserLanguages } from "@/lib/web/upload_request.ts";
import { limitAddress, visit } from "@/lib/web/visit.ts";

/** The form's own bytes around the file. */
const FORM_BYTES = 10_000;
const FILE_BYTES = MOST_SOUND_MEGABYTES * 1_000_000;

/** Without a script: a posted recording's text comes into the message field, to be corrected. */
export const handler = define.handlers({
  async POST(ctx) {
    const { pages, voiceNotes } = ctx.state.services;
    const tool = await pages.tool(ctx.params.tool ?? "");
    const sender = { visitor: visit(ctx).id, address: limitAddress(ctx) };
    const bytes = await fileIn(ctx.req);
    const id = await voiceNotes.uploads.keep(sender, bytes);
    const languages = browserLanguages(ctx.req);
    await voiceNotes.transcribe({ ...sender, id, tool, languages });
    return ctx.redirect(`/chat/${tool.id}?heard=${id}#message`, 303);
  },
});

/**
 * The file of a form.
 * @throws {AppError} `invalid`, `too_large`, `too_slow`
 */
async function fileIn(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const headers = { "content-type": request.headers.get("content-type") ?? "" };
  const body = await readMedia(request, FILE_BYTES + FORM_BYTES);
  const form = await new Response(body, { headers }).formData().catch(() => null);
  const file = form?.get("recording");
  if (!(file instanceof File)) throw new AppError("invalid", { code: "request.form" });
  return new Uint8Array(await file.arrayBuffer());
}
