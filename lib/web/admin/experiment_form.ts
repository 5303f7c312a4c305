import type { Context } from "fresh";
import { newExperimentId } from "../../experiments/new_draft.ts";
import { PLAN } from "../../locales/admin/experiments/plan.ts";
import {
  type ExperimentFields,
  LETTERS,
  type Measure,
  type VariantFields,
} from "../../shared/views/experiment_view.ts";
import type { Finding } from "../../shared/views/tool_admin_view.ts";
import { AppError } from "../../platform/errors.ts";
import type { State } from "../define.ts";
import { problemOf } from "../errors.ts";
import { readerOf } from "../reader.ts";
import type { FormFields } from "./admin_form.ts";
import { adminOf } from "./admin_session.ts";
import { LOOK_FIELD, LOOK_NOTE } from "./kept_form.ts";

/** Size limit of a plan's form: four prompts, and a letter takes up to nine bytes. */
export const PLAN_BYTES = 2 * 1024 * 1024;

const MEASURE_CODES = ["rated", "phrase", "link", "export", "turns", "return"] as const;

/** The plan's fields as a form sends them; `tool` is not changed by it. */
export function readPlan(form: FormFields, tool: string): ExperimentFields {
  const text = (name: string) => form.text(name).replaceAll("\0", "");
  const measure: Measure["code"] = MEASURE_CODES.find((code) => code === text("measure")) ??
    "rated";
  const count = Math.min(LETTERS.length, Math.max(0, Number(text("variants")) || 0));
  return {
    tool,
    name: text("name"),
    measure,
    phrase: text("phrase"),
    turns: text("turns"),
    include: text("include"),
    days: text("days"),
    guard: form.has("guard"),
    variants: LETTERS.slice(0, count).map((letter): VariantFields => ({
      note: text(`${letter}.note`),
      share: text(`${letter}.share`),
      systemPrompt: text(`${letter}.systemPrompt`),
      model: text(`${letter}.model`),
      effort: text(`${letter}.effort`),
      temperature: text(`${letter}.temperature`),
      maxTokens: text(`${letter}.maxTokens`),
    })),
  };
}

/** The fields with one more variant, which begins as the tool is, and shares that are even. */
export function withVariant(fields: ExperimentFields, now: ExperimentFields): ExperimentFields {
  const [, own] = now.variants;
  if (!own || fields.variants.length >= LETTERS.length) return fields;
  return { ...fields, variants: evenly([...fields.variants, { ...own, note: "" }]) };
}

/** The fields without a variant; the later ones move up. */
export function withoutVariant(fields: ExperimentFields, letter: string): ExperimentFields {
  const place = LETTERS.findIndex((each) => each === letter);
  if (place < 1 || fields.variants.length <= 2) return fields;
  return { ...fields, variants: evenly(fields.variants.toSpliced(place, 1)) };
}

function evenly(variants: readonly VariantFields[]): VariantFields[] {
  const each = Math.floor(100 / variants.length);
  const first = 100 - each * (variants.length - 1);
  return variants.map((variant, i) => ({ ...variant, share: String(i === 0 ? first : each) }));
}

interface ShownPlan {
  /** Null before the first save. */
  id: string | null;
  /** The id that the first save gives it; a new one by default. */
  newId?: string;
  fields: ExperimentFields;
  revision: number;
  findings?: readonly Finding[];
  note?: { good: boolean; text: string } | null;
  /** How the fields came; as they are stored by default. */
  input?: "stored" | "saved" | "typed";
}

/** What the plan's page shows, with a forecast of the plan as it is typed. */
export async function planData(ctx: Context<State>, shown: ShownPlan) {
  const { services } = ctx.state;
  const { id, newId = newExperimentId(), fields, revision, findings = [], note = null } = shown;
  const { id: tool, name, version } = await services.tools.views.tool(fields.tool);
  const started = id !== null && (await services.experiments.get(id)).state !== "draft";
  const { measure, include } = fields;
  // A is the tool as it is; the form has its share only.
  const now = await services.experiments.newFields(tool);
  const variants = fields.variants.map((variant, i) =>
    i === 0 ? { ...variant, ...now.variants[0], share: variant.share } : variant
  );
  const percent = Math.round(Number(include));
  return {
    token: adminOf(ctx.state).csrf,
    id,
    newId,
    tool: { id: tool, name, version },
    fields: { ...fields, variants },
    revision,
    findings,
    models: services.tools.views.models(variants.map(({ model }) => model)),
    forecast: await services.experiments.forecast({
      tool,
      measure,
      variants: Math.max(2, variants.length),
      include: percent >= 1 && percent <= 100 ? percent : 100,
    }),
    started,
    input: shown.input ?? "stored",
    note: started
      ? { good: false, text: PLAN.hasStarted }
      : note ?? (findings.length > 0 ? { good: false, text: PLAN.wrong } : null),
  };
}

const NEW_ID_FIELD = "draft";
const NEW_ID = /^[a-z0-9]{10}$/;

/** Result of a plan's form: a page to go to, or the plan to be shown again. */
type PostedPlan = { to: string } | ShownPlan & { status: number };

/**
 * Does what a button of the plan's form asks for. A draft that cannot be saved or started is shown
 * again as it was typed.
 * @throws {AppError} `invalid` for an unknown action; `missing`
 */
export async function postedPlan(
  ctx: Context<State>,
  form: FormFields,
  { id, fields }: { id: string | null; fields: ExperimentFields },
): Promise<PostedPlan> {
  const { experiments } = ctx.state.services;
  const { email } = adminOf(ctx.state);
  const revision = Math.trunc(Number(form.text("revision"))) || 0;
  const newId = NEW_ID.test(form.text(NEW_ID_FIELD)) ? form.text(NEW_ID_FIELD) : newExperimentId();
  const shown = { id, newId, revision, input: "typed" as const };
  if (form.has(LOOK_FIELD)) {
    const note = form.text(LOOK_FIELD) === "kept" ? { good: false, text: PLAN.putBack } : LOOK_NOTE;
    return { ...shown, fields, note, status: 200 };
  }
  if (form.has("drop")) {
    return { ...shown, fields: withoutVariant(fields, form.text("drop")), status: 200 };
  }
  const action = form.text("action");
  switch (action) {
    case "reckon":
      return { ...shown, fields, status: 200 };
    case "add": {
      const now = await experiments.newFields(fields.tool);
      return { ...shown, fields: withVariant(fields, now), status: 200 };
    }
    case "save":
    case "start":
      break;
    default:
      throw new AppError("invalid", { code: "action.unknown" });
  }
  const saved = id ?? newId;
  const to = `/admin/experiments/${saved}`;
  try {
    const done = await experiments.save(email, saved, revision, fields);
    if ("findings" in done) return { ...shown, fields, findings: done.findings, status: 422 };
    if (action === "save") return { to: `${to}?done=saved` };
    const { revision: now } = await experiments.fieldsOf(saved);
    await experiments.start(email, saved, now);
    return { to: `${to}?done=started` };
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== "conflict") throw error;
    const { status, detail } = problemOf(error, readerOf(ctx));
    if (!await experiments.has(saved)) {
      return { ...shown, fields, note: { good: false, text: detail }, status };
    }
    // With the newest revision the plan can be saved once more.
    const now = await experiments.fieldsOf(saved);
    const text = error.told.code === "experiment.changed" ? `${detail} ${PLAN.notSaved}` : detail;
    const note = { good: false, text };
    return { ...shown, id: saved, fields, revision: now.revision, note, status };
  }
}
