import { type Context, page } from "fresh";
import { PricesPage } from "@/components/admin/settings/PricesPage.tsx";
import { AppError } from "@/lib/platform/errors.ts";
import { priceOfFields, readPriceForm } from "@/lib/metering/rules/price_form.ts";
import type { PriceFields } from "@/lib/shared/views/price_view.ts";
import type { Finding } from "@/lib/shared/views/tool_admin_view.ts";
import { adminForm, type FormFields } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define, type State } from "@/lib/web/define.ts";
import { problemOf } from "@/lib/web/errors.ts";
import { readerOf } from "@/lib/web/reader.ts";

const DONE: Record<string, string> = {
  set: "The price is set.",
  end: "The price of your own has ended.",
  drop: "The price is taken back.",
};

export const handler = define.handlers({
  async GET(ctx) {
    const text = DONE[ctx.url.searchParams.get("done") ?? ""];
    const asked = (name: string) => (ctx.url.searchParams.get(name) ?? "").slice(0, 100);
    return page(await shown(ctx, text === undefined ? null : { good: true, text }, asked));
  },
  async POST(ctx) {
    const form = await adminForm(ctx);
    const action = form.text("action");
    let findings: Finding[];
    try {
      findings = await act(ctx, action, form);
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== "conflict") throw error;
      const { status, detail } = problemOf(error, readerOf(ctx));
      // Only the form to set a price has something typed.
      const typed = (name: string) => action === "set" ? form.text(name) : "";
      return page(await shown(ctx, { good: false, text: detail }, typed), { status });
    }
    if (findings.length === 0) return ctx.redirect(`/admin/prices?done=${action}`, 303);
    const note = { good: false, text: "Not set yet: something has to be put right." };
    const data = await shown(ctx, note, (name) => form.text(name), findings);
    return page(data, { status: 422 });
  },
});

async function act(ctx: Context<State>, action: string, form: FormFields): Promise<Finding[]> {
  const { prices } = ctx.state.services.settings;
  const { email } = adminOf(ctx.state);
  const of = { provider: form.text("provider"), thing: form.text("thing") };
  const seen = form.has("seen") ? form.text("seen") : undefined;
  if (action === "end") {
    const { calendar, clock } = ctx.state.services.deps;
    await prices.end(email, of, calendar.dayOf(clock()), seen);
    return [];
  }
  if (action === "drop") {
    await prices.drop(email, of, Number(form.text("at")), seen);
    return [];
  }
  if (action !== "set") throw new AppError("invalid", { code: "action.unknown" });
  const { price, findings } = priceOfFields(readPriceForm((name) => form.text(name)));
  if (price !== null) await prices.add(email, price, seen);
  return findings;
}

async function shown(
  ctx: Context<State>,
  note: { good: boolean; text: string } | null,
  asked: (name: string) => string,
  findings: readonly Finding[] = [],
) {
  const { settings: { prices } } = ctx.state.services;
  const q = asked("q");
  const view = await prices.view(q);
  const fields: PriceFields = readPriceForm(asked);
  return {
    token: adminOf(ctx.state).csrf,
    view,
    q,
    fields: {
      ...fields,
      provider: fields.provider || view.provider,
      from: fields.from || view.today,
    },
    findings,
    note,
  };
}

export default define.page<typeof handler>(({ data }) => <PricesPage {...data} />);
