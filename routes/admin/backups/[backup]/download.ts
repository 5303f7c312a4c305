import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";

/** An encrypted backup as a file. */
export const handler = define.handlers({
  async GET(ctx) {
    const name = ctx.params.backup ?? "";
    const { byHand } = ctx.state.services.backups;
    const { stream, bytes } = await byHand.download(adminOf(ctx.state).email, name);
    return new Response(stream, {
      headers: {
        "content-type": "application/octet-stream",
        "content-length": String(bytes),
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "no-store",
      },
    });
  },
});
