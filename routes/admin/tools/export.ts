import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";

/** Exports all tools, or those named by `?id=`. */
export const handler = define.handlers({
  async GET(ctx) {
    adminOf(ctx.state);
    const { tools, deps } = ctx.state.services;
    const ids = ctx.url.searchParams.getAll("id");
    const text = await tools.transfer.export(ids.length === 0 ? null : ids);
    const [only] = ids;
    const name = ids.length === 1 && only && /^[a-z0-9-]{1,64}$/.test(only)
      ? `${only}-tool`
      : `obt-helper-tools-${deps.calendar.dayOf(deps.clock())}`;
    return new Response(text, {
      headers: {
        "content-type": "application/json",
        "content-disposition": `attachment; filename="${name}.json"`,
      },
    });
  },
});
