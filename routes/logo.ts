import { HttpError } from "fresh";
import { cachedAs } from "@/lib/web/brand.ts";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const logo = await ctx.state.services.deps.store.settings.logo();
    if (logo === null) throw new HttpError(404);
    return new Response(logo.bytes, {
      headers: {
        "content-type": logo.type,
        "cache-control": cachedAs(ctx.url, String(logo.version)),
      },
    });
  },
});
