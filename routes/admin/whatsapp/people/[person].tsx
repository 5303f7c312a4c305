import { type Context, page } from "fresh";
import { PersonPage } from "@/components/admin/whatsapp/PersonPage.tsx";
import { LettersLeft } from "@/islands/LettersLeft.tsx";
import { errorText } from "@/lib/locales/errors/error_text.ts";
import { AppError } from "@/lib/platform/errors.ts";
import { DELIVERY_DECISIONS } from "@/lib/whatsapp/outbox/resolve_unknown.ts";
import { adminForm, type FormFields } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define, type State } from "@/lib/web/define.ts";
import { readerOf } from "@/lib/web/reader.ts";

/** Success messages by the `done` parameter. */
const DONE: Readonly<Record<string, string>> = {
  said: "It is on its way.",
  "taken-over": "You have taken over: the bot is silent, and the person is told.",
  "handed-back": "The bot answers again, and the person is told.",
  blocked: "Blocked: nothing comes from them or goes to them.",
  unblocked: "Unblocked.",
  expired: "The conversation is put aside: their next message begins a new one.",
  decided: "Noted.",
};

export const handler = define.handlers({
  async GET(ctx) {
    const done = DONE[ctx.url.searchParams.get("done") ?? ""];
    return page(await shown(ctx, { note: done === undefined ? null : { good: true, text: done } }));
  },
  async POST(ctx) {
    const form = await adminForm(ctx);
    const action = form.text("action");
    if (action === "show-number") return page(await shown(ctx, { withNumber: true }));
    try {
      return ctx.redirect(
        `/admin/whatsapp/people/${idOf(ctx)}${await runAction(ctx, action, form)}`,
        303,
      );
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== "conflict") throw error;
      const note = { good: false, text: errorText(error.told, readerOf(ctx)) };
      return page(await shown(ctx, { note, draft: form.text("text") }), { status: 409 });
    }
  },
});

interface Shown {
  note?: { good: boolean; text: string } | null;
  draft?: string;
  withNumber?: boolean;
}

async function shown(
  ctx: Context<State>,
  { note = null, draft = "", withNumber = false }: Shown,
) {
  const { whatsappAdmin, deps } = ctx.state.services;
  const { email, csrf } = adminOf(ctx.state);
  const asked = ctx.url.searchParams.get("before") ?? "";
  const before = /^\d{1,7}$/.test(asked) ? Number(asked) : null;
  return {
    view: await whatsappAdmin.person(email, idOf(ctx), { before, withNumber }),
    token: csrf,
    timeZone: deps.config.TIME_ZONE,
    note,
    draft,
  };
}

/** Runs a button's action; returns the query and fragment to redirect to. */
async function runAction(ctx: Context<State>, action: string, form: FormFields): Promise<string> {
  const { whatsapp, whatsappAdmin } = ctx.state.services;
  const { email } = adminOf(ctx.state);
  const id = idOf(ctx);
  switch (action) {
    case "take-over":
      await whatsappAdmin.takeOver(email, id, hoursOf(form));
      return "?done=taken-over";
    case "hand-back":
      await whatsapp.handBack(id, email);
      return "?done=handed-back";
    case "block":
      await whatsapp.block(id, email);
      return "?done=blocked";
    case "unblock":
      await whatsapp.unblock(id, email);
      return "?done=unblocked";
    case "expire":
      await whatsapp.expire(id, email);
      return "?done=expired";
    case "say": {
      const said = await whatsapp.say(id, form.text("text").trim(), email);
      if (said.kind === "refused") {
        throw new AppError("conflict", { code: "say.refused", silence: said.silence });
      }
      return "?done=said#say";
    }
  }
  const decision = DELIVERY_DECISIONS.find((each) => each === action);
  if (decision === undefined) throw new AppError("invalid", { code: "action.unknown" });
  await whatsappAdmin.decide(email, id, Number(form.text("n")), decision);
  return "?done=decided#outbox";
}

function hoursOf(form: FormFields): number {
  const hours = Number(form.text("hours"));
  return Number.isInteger(hours) && hours >= 1 && hours <= 24 ? hours : 1;
}

/** Ids match `[\w-]+`; other characters are dropped, and the id is then not found. */
function idOf(ctx: Context<State>): string {
  return (ctx.params.person ?? "").replace(/[^\w-]/g, "").slice(0, 60);
}

export default define.page<typeof handler>(({ data }) => (
  <>
    <PersonPage {...data} />
    <LettersLeft field="say" place="say-left" />
  </>
));
