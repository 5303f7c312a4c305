import { define } from "@/lib/web/define.ts";
import { visit } from "@/lib/web/visit.ts";

/** Nothing in a picture's file may run, or ask for anything, if it is opened by itself. */
const HEADERS = {
  "cache-control": "private, max-age=86400, immutable",
  "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
  "content-disposition": "inline",
};

/** A picture of a conversation, for the visitor who sent it. */
export const handler = define.handlers({
  async GET(ctx) {
    const file = await ctx.state.services.pages.picture(visit(ctx).id, ctx.params.id ?? "");
    return new Response(file.bytes, { headers: { ...HEADERS, "content-type": file.type } });
  },
});
