import { type Context, page } from "fresh";
import { KeyPage, type KeyPageProps } from "@/components/admin/keys/KeyPage.tsx";
import { KeysPage, type KeysPageProps } from "@/components/admin/keys/KeysPage.tsx";
import { AppError } from "@/lib/platform/errors.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { keyListData, postedKey, toolChoices } from "@/lib/web/admin/key_pages.ts";
import { define, type State } from "@/lib/web/define.ts";
import { problemOf } from "@/lib/web/errors.ts";
import { readerOf } from "@/lib/web/reader.ts";
import { CopyButton } from "@/islands/CopyButton.tsx";

/** One key, or the list with the key that replaced it. */
type Data = { key: KeyPageProps; list: null } | { key: null; list: KeysPageProps };

const HOUR = 3_600_000;
/** Longest time for which a replaced key stays valid. */
const MOST_HOURS = 7 * 24;

export const handler = define.handlers({
  async GET(ctx) {
    return page<Data>({ key: await keyData(ctx), list: null });
  },
  async POST(ctx) {
    const form = await adminForm(ctx);
    const { keys } = ctx.state.services.api;
    const { email } = adminOf(ctx.state);
    const id = ctx.params.key ?? "";
    const action = form.text("action");
    if (action === "end") {
      await keys.end(email, id);
      return ctx.redirect("/admin/keys?done=ended", 303);
    }
    if (action === "replace") {
      const hours = Number(form.text("overlap"));
      if (!Number.isInteger(hours) || hours < 0 || hours > MOST_HOURS) {
        throw new AppError("invalid", { code: "key.invalid" });
      }
      const { row: { name } } = await keys.view(id);
      const text = await keys.replace(email, id, hours * HOUR);
      return page<Data>({ key: null, list: await keyListData(ctx, { name, text }, null) });
    }
    if (action !== "save") throw new AppError("invalid", { code: "action.unknown" });
    const { fields, content, findings } = await postedKey(ctx, form);
    if (content === null) {
      const note = { good: false, text: "Not saved yet: something has to be put right." };
      const key = { ...await keyData(ctx), fields, findings, note };
      return page<Data>({ key, list: null }, { status: 422 });
    }
    try {
      await keys.change(email, id, Number(form.text("version")), content);
      return ctx.redirect("/admin/keys?done=changed", 303);
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== "conflict") throw error;
      const { status, detail } = problemOf(error, readerOf(ctx));
      const text = `${detail} What you typed stands below: saving it replaces theirs.`;
      const key = { ...await keyData(ctx), fields, note: { good: false, text } };
      return page<Data>({ key, list: null }, { status });
    }
  },
});

async function keyData(ctx: Context<State>): Promise<KeyPageProps> {
  const { api, deps: { config } } = ctx.state.services;
  const [view, tools] = await Promise.all([
    api.keys.view(ctx.params.key ?? ""),
    toolChoices(ctx),
  ]);
  const { csrf: token } = adminOf(ctx.state);
  const { fields } = view;
  return { token, timeZone: config.TIME_ZONE, view, fields, findings: [], tools, note: null };
}

export default define.page<typeof handler>(({ data }) =>
  data.key === null
    ? <KeysPage {...data.list} copy={(from) => <CopyButton from={from} />} />
    : <KeyPage {...data.key} />
);
