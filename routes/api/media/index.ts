import { define } from "@/lib/web/define.ts";
import { isMultipart, stagePicture } from "@/lib/web/picture_request.ts";
import { beginUpload } from "@/lib/web/upload_request.ts";

/** Files of a visitor for their next message. */
export const handler = define.handlers({
  /** Keeps a whole picture, or begins a recording that comes in pieces. */
  async POST(ctx) {
    return await (isMultipart(ctx.req) ? stagePicture(ctx) : beginUpload(ctx));
  },
});
