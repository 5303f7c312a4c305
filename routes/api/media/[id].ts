import { define } from "@/lib/web/define.ts";
import { visit } from "@/lib/web/visit.ts";

const HEADERS = {
  "cache-control": "private, max-age=86400, immutable",
  "content-disposition": "inline",
};

/** A picture of a conversation, for the visitor who sent it; lib/web/secure_app.ts shuts it in. */
export const handler = define.handlers({
  async GET(ctx) {
    const file = await ctx.state.services.pages.picture(visit(ctx).id, ctx.params.id ?? "");
    return new Response(file.bytes, { headers: { ...HEADERS, "content-type": file.type } });
  },
});
