import { page } from "fresh";
import { SettingsPage } from "@/components/admin/settings/SettingsPage.tsx";
import { KeptForms } from "@/islands/KeptForms.tsx";
import { AppError } from "@/lib/platform/errors.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";
import {
  isPageGroup,
  savedGroup,
  saveSettings,
  settingsPageData,
} from "@/lib/web/admin/settings_page.ts";

const SAVED = { good: true, text: "Saved." };

export const handler = define.handlers({
  GET(ctx) {
    const group = savedGroup(ctx.url);
    return page(settingsPageData(ctx, group ? { group, form: { note: SAVED } } : {}));
  },
  /** Saves one group; the logo's form includes a file. */
  async POST(ctx) {
    const form = await adminForm(ctx);
    const group = form.text("group");
    if (group === "test-alert") {
      const { alerts } = ctx.state.services.settings;
      const note = await alerts.test(adminOf(ctx.state).email);
      return page(settingsPageData(ctx, { group: "alerts", form: { note } }));
    }
    if (!isPageGroup(group)) throw new AppError("invalid", { code: "form.unknown" });
    const outcome = await saveSettings(ctx, group, form);
    if (outcome.saved) return ctx.redirect(`/admin/settings?saved=${group}#${group}`, 303);
    return page(settingsPageData(ctx, outcome), { status: outcome.status });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <SettingsPage {...data} keeper={<KeptForms />} />
));
