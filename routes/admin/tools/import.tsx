import { page } from "fresh";
import { ImportPage } from "@/components/admin/tools/ImportPage.tsx";
import { PlanPage } from "@/components/admin/tools/PlanPage.tsx";
import { errorText } from "@/lib/locales/errors/error_text.ts";
import { AppError } from "@/lib/platform/errors.ts";
import { TOOL_FILE_BYTES } from "@/lib/tools/rules/tool_file.ts";
import type { OpenPlan } from "@/lib/tools/tool_transfer.ts";
import { adminForm, type FormFields } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";
import { statusOf } from "@/lib/web/errors.ts";
import { readerOf } from "@/lib/web/reader.ts";

/** The file plus the form around it; in a form's text each line break takes a byte more. */
const FORM_BYTES = TOOL_FILE_BYTES + TOOL_FILE_BYTES / 4;

interface Data {
  token: string;
  tools: { id: string; name: string }[];
  refusal: string | null;
  plan: { text: string; items: OpenPlan["items"]; seen: string } | null;
}

export const handler = define.handlers({
  async GET(ctx) {
    const tools = await ctx.state.services.deps.store.tools.list();
    return page<Data>({ token: adminOf(ctx.state).csrf, tools, refusal: null, plan: null });
  },
  /** The first post plans the import; the second, with the same file and choices, does it. */
  async POST(ctx) {
    const { email, csrf: token } = adminOf(ctx.state);
    const { tools: { transfer }, deps } = ctx.state.services;
    const tools = await deps.store.tools.list();
    // Outside the try block: an invalid token is not a finding of the page.
    const form = await adminForm(ctx, { maxBytes: FORM_BYTES });
    try {
      const text = await textOf(form);
      if (form.text("action") === "import") {
        await transfer.import(email, text, form.text("seen"), form.all("chosen"));
        return ctx.redirect("/admin/tools?done=imported", 303);
      }
      const { items, seen } = await transfer.plan(text);
      return page<Data>({ token, tools, refusal: null, plan: { text, items, seen } });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return page<Data>(
        { token, tools, refusal: errorText(error.told, readerOf(ctx)), plan: null },
        {
          status: statusOf(error),
        },
      );
    }
  },
});

async function textOf(form: FormFields): Promise<string> {
  const file = form.file("file");
  if (file === null) {
    const text = form.text("text");
    if (text.trim() === "") throw new AppError("invalid", { code: "file.none" });
    return text;
  }
  if (file.size > TOOL_FILE_BYTES) {
    throw new AppError("too_large", { code: "file.too_large", path: null });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new AppError("invalid", { code: "file.no_text", path: null });
  }
}

export default define.page<typeof handler>(({ data }) =>
  data.plan ? <PlanPage token={data.token} {...data.plan} /> : <ImportPage {...data} />
);
