import { type Context, page } from "fresh";
import { ConversationPage } from "@/components/admin/review/ConversationPage.tsx";
import { AppError } from "@/lib/platform/errors.ts";
import { LONGEST_REASON } from "@/lib/feedback/rules/review.ts";
import { adminForm, type FormFields } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { listUrlOf, reviewListOf } from "@/lib/web/admin/review_list.ts";
import { define, type State } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { review, deps } = ctx.state.services;
    const { email, csrf } = adminOf(ctx.state);
    const from = ctx.url.searchParams.get("from");
    const view = await review.read(email, idOf(ctx), from === null ? null : numberOf(from));
    const listUrl = listUrlOf(ctx.url);
    return page({
      view,
      beside: await reviewListOf(ctx.state.services, email, listUrl),
      listHref: listUrl.pathname + listUrl.search,
      token: csrf,
      email,
      timeZone: deps.config.TIME_ZONE,
      asked: ctx.url.searchParams.get("ask") === "delete",
      longest: LONGEST_REASON,
    });
  },
  async POST(ctx) {
    const form = await adminForm(ctx);
    const { email } = adminOf(ctx.state);
    const { review } = ctx.state.services;
    const id = idOf(ctx);
    switch (form.text("action")) {
      case "good":
      case "bad":
      case "none":
        return await judge(ctx, email, form);
      case "example": {
        const { golden } = ctx.state.services;
        const taken = await golden.take(email, id, form.text("message"));
        return ctx.redirect(`/admin/golden/${taken.tool}/${taken.id}`, 303);
      }
      case "reviewed":
      case "open":
        await review.mark(email, id, form.text("action") === "reviewed");
        return ctx.redirect(`/admin/conversations/${id}#reviewed`, 303);
      case "delete":
        await review.remove(email, id);
        return ctx.redirect("/admin/conversations?done=deleted", 303);
    }
    throw new AppError("invalid", { code: "action.unknown" });
  },
});

async function judge(ctx: Context<State>, email: string, form: FormFields): Promise<Response> {
  const action = form.text("action");
  const number = numberOf(form.text("number"));
  await ctx.state.services.review.judge(email, idOf(ctx), {
    message: form.text("message"),
    number,
    verdict: action === "good" || action === "bad" ? action : null,
    note: form.text("note"),
  });
  const from = numberOf(form.text("from"));
  return ctx.redirect(`/admin/conversations/${idOf(ctx)}?from=${from}#m${number}`, 303);
}

/** Ids match `[\w-]+`; other characters are dropped, and the id is then not found. */
function idOf(ctx: Context<State>): string {
  return (ctx.params.conversation ?? "").replace(/[^\w-]/g, "").slice(0, 40);
}

function numberOf(text: string | null): number {
  return /^\d{1,7}$/.test(text ?? "") ? Number(text) : 0;
}

export default define.page<typeof handler>(({ data }) => <ConversationPage {...data} />);
