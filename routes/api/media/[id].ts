import { define } from "@/lib/web/define.ts";
import { visit } from "@/lib/web/visit.ts";

const HEADERS = {
  "cache-control": "private, max-age=86400, immutable",
  "content-disposition": "inline",
};

/** A conversation's picture, for its visitor only; lib/web/secure_app.ts sandboxes it. */
export const handler = define.handlers({
  async GET(ctx) {
    const file = await ctx.state.services.pages.picture(visit(ctx).id, ctx.params.id ?? "");
    return new Response(file.bytes, { headers: { ...HEADERS, "content-type": file.type } });
  },
});
