import { page } from "fresh";
import { SettingsPage } from "@/components/admin/settings/SettingsPage.tsx";
import { SettingsBar } from "@/islands/SettingsBar.tsx";
import { AppError } from "@/lib/platform/errors.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";
import {
  isFormGroup,
  savedAddress,
  savedGroups,
  saveSettings,
  settingsPageData,
} from "@/lib/web/admin/settings_page.ts";
import { saveGroups } from "@/lib/web/admin/settings_saving.ts";

const SAVED = { good: true, text: "Saved." };

export const handler = define.handlers({
  GET(ctx) {
    const { groups, saved } = savedGroups(ctx.url);
    const data = settingsPageData(ctx, saved ? { note: SAVED } : {});
    // A saved draft is dropped; a logo has none.
    return page({ ...data, opened: groups, stale: saved && !groups.includes("logo") });
  },
  /** Saves the changed groups together; the logo's form includes a file. */
  async POST(ctx) {
    const form = await adminForm(ctx);
    const groups = form.all("group");
    const shown = { opened: [], stale: false };
    if (groups[0] === "test-alert") {
      const { alerts } = ctx.state.services.settings;
      const note = await alerts.test(adminOf(ctx.state).email);
      return page({ ...settingsPageData(ctx, { group: "alerts", form: { note } }), ...shown });
    }
    if (groups[0] === "logo") {
      const outcome = await saveSettings(ctx, "logo", form);
      if (outcome.saved) return ctx.redirect(savedAddress(["logo"]), 303);
      return page({ ...settingsPageData(ctx, outcome), ...shown }, { status: outcome.status });
    }
    if (groups.length === 0 || !groups.every(isFormGroup)) {
      throw new AppError("invalid", { code: "form.unknown" });
    }
    const outcome = await saveGroups(ctx, groups.filter(isFormGroup), form);
    if ("saved" in outcome) return ctx.redirect(savedAddress(outcome.saved), 303);
    return page({ ...settingsPageData(ctx, outcome), ...shown }, { status: outcome.status });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <SettingsPage {...data} bar={(props) => <SettingsBar {...props} stale={data.stale} />} />
));
