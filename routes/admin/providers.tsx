import { page } from "fresh";
import { ProvidersPage } from "@/components/admin/providers/ProvidersPage.tsx";
import { AppError } from "@/lib/platform/errors.ts";
import { PROVIDER_TEST_TEXTS, PROVIDERS_TEXTS } from "@/lib/locales/admin/providers.ts";
import type { ProvidersView } from "@/lib/shared/views/provider_view.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";

const CHANGES = ["up", "down", "use", "leave"] as const;

export const handler = define.handlers({
  async GET(ctx) {
    const { searchParams } = ctx.url;
    const { providers, tools } = ctx.state.services;
    const [view, endings] = await Promise.all([providers.view(), tools.endings.list()]);
    const named = searchParams.get("tested");
    const tested = view.providers.map(({ name }) => name)
      .filter((name) => named === "all" || named === name);
    return page({
      token: adminOf(ctx.state).csrf,
      view,
      endings,
      tested,
      note: searchParams.has("moved")
        ? { good: true, texts: [PROVIDERS_TEXTS.moved] }
        : noteOf(view, tested),
    });
  },
  async POST(ctx) {
    const form = await adminForm(ctx);
    const { email } = adminOf(ctx.state);
    const { providers } = ctx.state.services;
    const action = form.text("action"), name = form.text("name");
    if (action === "test-all") {
      await providers.testAll(email);
      return ctx.redirect("/admin/providers?tested=all", 303);
    }
    if (action === "test") {
      await providers.test(email, name);
      return ctx.redirect(`/admin/providers?${new URLSearchParams({ tested: name })}`, 303);
    }
    const change = CHANGES.find((each) => each === action);
    if (change === undefined) throw new AppError("invalid", { code: "action.unknown" });
    await providers.reorder(email, name, change);
    return ctx.redirect(`/admin/providers?moved=1#provider-${name}`, 303);
  },
});

/** The results of the providers just tested, a line each. */
function noteOf({ providers }: ProvidersView, tested: readonly string[]) {
  const results = providers.flatMap(({ name, title, test }) =>
    tested.includes(name) && test ? [{ title, code: test.code }] : []
  );
  if (results.length === 0) return null;
  const texts = results.map(({ title, code }) =>
    PROVIDERS_TEXTS.tested(title, PROVIDER_TEST_TEXTS[code])
  );
  return { good: results.every(({ code }) => code === "answered"), texts };
}

export default define.page<typeof handler>(({ data }) => <ProvidersPage {...data} />);
