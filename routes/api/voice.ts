import { define } from "@/lib/web/define.ts";

const NO_STORE = { "cache-control": "no-store" };

export const handler = define.handlers({
  /** A voice note, which Twilio fetches. Its id is in the query, which is not logged. */
  async GET(ctx) {
    const id = ctx.url.searchParams.get("of") ?? "";
    const file = await ctx.state.services.whatsapp.voiceNote(id);
    if (file === null) return new Response(null, { status: 404, headers: NO_STORE });
    return new Response(file.bytes, { headers: { ...NO_STORE, "content-type": file.type } });
  },
});
