import type { Context } from "fresh";
import { newPriceText } from "../../locales/admin/experiments/golden.ts";
import { FORMS } from "../../locales/admin/settings.ts";
import { AppError } from "../../platform/errors.ts";
import type { DraftGoldenView } from "../../shared/views/golden_view.ts";
import type { EditorView, Finding, ToolFields } from "../../shared/views/tool_admin_view.ts";
import { parseToolFields } from "../../tools/rules/tool_form.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import type { State } from "../define.ts";
import { problemOf } from "../errors.ts";
import { readerOf } from "../reader.ts";
import type { FormFields } from "./admin_form.ts";
import { adminOf } from "./admin_session.ts";

/** Name of the editor's buttons that run the examples on the draft, or look at the run. */
export const GOLDEN_FIELD = "golden";
/** The run of the draft that the editor shows. */
export const RUN_FIELD = "golden-run";
/** The model that the price on the button is of. */
const PRICED_FIELD = "golden-priced";

/** What the editor shows after one of its buttons for examples was pressed. */
interface DraftRun {
  golden?: DraftGoldenView;
  findings?: Finding[];
  note?: EditorView["note"];
  status?: number;
}

/** Runs the examples on the draft as it was typed, once its price was shown, or looks at its run. */
export async function runDraft(
  ctx: Context<State>,
  form: FormFields,
  stored: Tool,
  fields: ToolFields,
): Promise<DraftRun> {
  const { golden } = ctx.state.services;
  if (form.text(GOLDEN_FIELD) !== "run") return {};
  const { content, findings } = parseToolFields(fields);
  if (content === null) return { findings, note: { good: false, text: FORMS.wrong }, status: 422 };
  const seen = form.text(RUN_FIELD);
  if (content.model !== form.text(PRICED_FIELD)) {
    const priced = await golden.ofDraft(stored.id, { run: seen, fields });
    return { golden: priced, note: { good: true, text: newPriceText(content.model, priced.cost) } };
  }
  try {
    const latest = await golden.runOf(stored.id, fields);
    // A form that is sent again, as by a reload, is not paid for again.
    const run = latest !== null && latest !== seen
      ? latest
      : await golden.start(adminOf(ctx.state).email, {
        tool: stored.id,
        a: { code: "version", version: stored.version },
        b: { code: "draft", fields },
        judge: "model",
        seen,
      });
    return { golden: await golden.ofDraft(stored.id, { run, fields }) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { status, detail } = problemOf(error, readerOf(ctx));
    return { note: { good: false, text: detail }, status };
  }
}
