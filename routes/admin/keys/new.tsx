import { page } from "fresh";
import { NewKeyPage, type NewKeyPageProps } from "@/components/admin/keys/KeyPage.tsx";
import { KeysPage, type KeysPageProps } from "@/components/admin/keys/KeysPage.tsx";
import { NEW_KEY } from "@/lib/api/rules/key_form.ts";
import { AppError } from "@/lib/platform/errors.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { keyListData, postedKey, toolChoices } from "@/lib/web/admin/key_pages.ts";
import { define } from "@/lib/web/define.ts";
import { problemOf } from "@/lib/web/errors.ts";
import { readerOf } from "@/lib/web/reader.ts";
import { CopyButton } from "@/islands/CopyButton.tsx";

/** The form, or the list with the key that was made. */
type Data = { form: NewKeyPageProps; list: null } | { form: null; list: KeysPageProps };

export const handler = define.handlers({
  async GET(ctx) {
    const { csrf: token } = adminOf(ctx.state);
    const id = ctx.state.services.api.keys.newId();
    const tools = await toolChoices(ctx);
    const form = { token, id, tools, fields: NEW_KEY, findings: [], note: null };
    return page<Data>({ form, list: null });
  },
  async POST(ctx) {
    const form = await adminForm(ctx);
    const { email, csrf: token } = adminOf(ctx.state);
    const id = form.text("id");
    const { fields, content, findings } = await postedKey(ctx, form);
    if (content === null) {
      const note = "Not made yet: something has to be put right.";
      const tools = await toolChoices(ctx);
      return page<Data>({ form: { token, id, tools, fields, findings, note }, list: null }, {
        status: 422,
      });
    }
    try {
      const text = await ctx.state.services.api.keys.make(email, id, content);
      const list = await keyListData(ctx, { name: content.name, text }, null);
      return page<Data>({ form: null, list });
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== "conflict") throw error;
      const { status, detail } = problemOf(error, readerOf(ctx));
      const list = await keyListData(ctx, null, { good: false, text: detail });
      return page<Data>({ form: null, list }, { status });
    }
  },
});

export default define.page<typeof handler>(({ data }) =>
  data.form === null
    ? <KeysPage {...data.list} copy={(from) => <CopyButton from={from} />} />
    : <NewKeyPage {...data.form} />
);
