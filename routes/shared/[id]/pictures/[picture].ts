import { define } from "@/lib/web/define.ts";
import { SHARED_HEADERS, sharedPicture } from "@/lib/web/own/shared_pages.ts";

/** A picture of a shared conversation; lib/web/edge/policy.ts sandboxes it. */
export const handler = define.handlers({
  async GET(ctx) {
    const { type, bytes } = await sharedPicture(ctx);
    const headers = { ...SHARED_HEADERS, "content-type": type, "content-disposition": "inline" };
    return new Response(bytes, { headers });
  },
});
