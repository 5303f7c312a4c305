import { type Context, page } from "fresh";
import { LimitsPage } from "@/components/admin/settings/LimitsPage.tsx";
import { KeptForms } from "@/islands/KeptForms.tsx";
import { AppError } from "@/lib/platform/errors.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define, type State } from "@/lib/web/define.ts";
import { problemOf } from "@/lib/web/errors.ts";
import { readerOf } from "@/lib/web/reader.ts";
import { saveSettings, settingsPageData } from "@/lib/web/admin/settings_page.ts";

const DONE: Record<string, string> = {
  limits: "Saved. The limits hold from now on.",
  free: "What counted against this address is forgotten: it is let through.",
};

export const handler = define.handlers({
  async GET(ctx) {
    const text = DONE[ctx.url.searchParams.get("saved") ?? ""];
    return page(await shown(ctx, {}, text === undefined ? null : { good: true, text }));
  },
  async POST(ctx) {
    const form = await adminForm(ctx);
    const { limits } = ctx.state.services.settings;
    if (form.text("group") === "let-through") {
      const { email } = adminOf(ctx.state);
      try {
        await limits.letThrough(email, form.text("day"), form.text("kind"), form.text("id"));
        return ctx.redirect("/admin/limits?saved=free", 303);
      } catch (error) {
        if (!(error instanceof AppError) || error.kind !== "missing") throw error;
        const { status, detail } = problemOf(error, readerOf(ctx));
        return page(await shown(ctx, {}, { good: false, text: detail }), { status });
      }
    }
    const outcome = await saveSettings(ctx, "limits", form);
    if (outcome.saved) return ctx.redirect("/admin/limits?saved=limits", 303);
    return page(await shown(ctx, outcome, null), { status: outcome.status });
  },
});

async function shown(
  ctx: Context<State>,
  outcome: Parameters<typeof settingsPageData>[1],
  note: { good: boolean; text: string } | null,
) {
  const { limits } = ctx.state.services.settings;
  const { rows, others } = await limits.refused();
  const { token, timeZone, fields, forms } = settingsPageData(ctx, outcome);
  return {
    token,
    timeZone,
    fields,
    form: forms.limits,
    limits: limits.limits(),
    refused: rows,
    others,
    note,
  };
}

export default define.page<typeof handler>(({ data }) => (
  <LimitsPage {...data} keeper={<KeptForms />} />
));
