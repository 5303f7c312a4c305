import { page } from "fresh";
import { ToolsPage } from "@/components/admin/tools/ToolsPage.tsx";
import { AppError } from "@/lib/platform/errors.ts";
import { ToolOrder } from "@/islands/ToolOrder.tsx";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { endOfGroup, nextAlike } from "@/lib/tools/rules/tool_order.ts";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { views } = ctx.state.services.tools;
    const { searchParams } = ctx.url;
    const deleted = searchParams.get("deleted");
    const search = (searchParams.get("q") ?? "").trim().slice(0, 100);
    const [{ rows: tools, total }, binned] = await Promise.all([
      views.list(search),
      deleted === null ? [] : views.binned(),
    ]);
    return page({
      token: adminOf(ctx.state).csrf,
      tools,
      total,
      search,
      deleted: binned.find(({ id }) => id === deleted) ?? null,
      done: DONE[searchParams.get("done") ?? ""] ?? null,
    });
  },
  /** Action of a list button on one tool. */
  async POST(ctx) {
    const form = await adminForm(ctx);
    const { email } = adminOf(ctx.state);
    const { editing } = ctx.state.services.tools;
    const id = form.text("id");
    /** Returns to the pressed button, so that it can be pressed again. */
    const back = (part: string) => ctx.redirect(`/admin/tools#${part}-${id}`, 303);
    const group = form.has("group") ? form.text("group") : undefined;
    switch (form.text("action")) {
      case "up":
        await editing.move(email, id, (now, tools) => nextAlike(tools, now, -1));
        return back("up");
      case "down":
        await editing.move(email, id, (now, tools) => nextAlike(tools, now, 1));
        return back("down");
      case "place": {
        const place = Number(form.text("place"));
        if (!Number.isInteger(place)) throw new AppError("invalid", { code: "place.invalid" });
        await editing.move(email, id, () => place, group);
        return back("tool");
      }
      case "on":
        await editing.setActive(email, id, true);
        return back("switch");
      case "off":
        await editing.setActive(email, id, false);
        return back("switch");
      case "duplicate": {
        const copy = await editing.duplicate(email, id);
        return ctx.redirect(`/admin/tools/${copy}?done=copied`, 303);
      }
      case "delete":
        await editing.remove(email, id);
        return ctx.redirect(`/admin/tools?deleted=${encodeURIComponent(id)}`, 303);
    }
    if (group === undefined) throw new AppError("invalid", { code: "action.unknown" });
    await editing.move(email, id, (now, tools) => endOfGroup(tools, now, group), group);
    return back("tool");
  },
});

const DONE: Record<string, string> = {
  imported: "Imported.",
  models: "The tools use the new model now. The versions before are in their history.",
  restored: "The tool is back.",
};

export default define.page<typeof handler>(({ data }) => (
  <ToolsPage {...data}>
    <ToolOrder token={data.token} />
  </ToolsPage>
));
