import { page } from "fresh";
import { KeptPage } from "@/components/admin/KeptPage.tsx";
import { countKept, keptKinds } from "@/lib/admin/kept_records.ts";
import type { KeptRow } from "@/lib/shared/views/admin_view.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define, type State } from "@/lib/web/define.ts";
import type { Context } from "fresh";

async function shown(ctx: Context<State>, rows: KeptRow[]) {
  const { config, store } = ctx.state.services.deps;
  return page({
    token: adminOf(ctx.state).csrf,
    rows,
    deletedAt: await store.retention.finishedAt(),
    timeZone: config.TIME_ZONE,
  });
}

export const handler = define.handlers({
  GET: (ctx) => shown(ctx, keptKinds(ctx.state.services.deps)),
  /** Counts only when it is asked to: that reads the whole store. */
  async POST(ctx) {
    await adminForm(ctx);
    return shown(ctx, await countKept(ctx.state.services.deps));
  },
});

export default define.page<typeof handler>(({ data }) => <KeptPage {...data} />);
