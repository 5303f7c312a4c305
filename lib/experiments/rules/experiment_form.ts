import { isUnseen, lineOf } from "../../shared/truncate_line.ts";
import { PLAN_TAKES } from "../../locales/admin/experiments/checks.ts";
import { numberOf, wholeNumberOf } from "../../settings/rules/form_values.ts";
import {
  type ExperimentFields,
  type Letter,
  LETTERS,
  type Measure,
  type VariantFields,
} from "../../shared/views/experiment_view.ts";
import { type Finding, OWN_FIELDS } from "../../shared/views/tool_admin_view.ts";
import { fieldRequirement } from "../../tools/rules/tool_form.ts";
import type { Experiment, Variant } from "../records.ts";
import { canBeSaid } from "./phrase.ts";
import {
  contentOf,
  EXPERIMENT_LIMITS,
  type VariantContent,
  variantContent,
} from "./variant_content.ts";

/** The part of an experiment that an admin plans. */
export type ExperimentPlan = Pick<
  Experiment,
  "name" | "measure" | "include" | "days" | "guard" | "variants" | "contents"
>;

type Parsed = { plan: ExperimentPlan; findings: [] } | { plan: null; findings: Finding[] };

/**
 * Parses a plan's fields, or returns their errors; never both. A finding's field is the
 * name of a field; of a variant `B.systemPrompt`; `shares` and `variants` for all of them.
 */
export function parsePlan(fields: ExperimentFields): Parsed {
  const findings: Finding[] = [];
  const wrong = (field: string, text: string) => findings.push(findingOf(field, text));
  const name = lineOf(fields.name);
  if (isUnseen(name) || name.length > EXPERIMENT_LIMITS.name) {
    wrong("name", PLAN_TAKES.name(EXPERIMENT_LIMITS.name));
  }
  const measure = measureIn(fields, wrong);
  const include = wholeNumberOf(fields.include);
  if (!(include >= 1 && include <= 100)) wrong("include", PLAN_TAKES.include);
  const days = fields.days === "" ? null : wholeNumberOf(fields.days);
  if (days !== null && !(days >= 1 && days <= EXPERIMENT_LIMITS.days)) {
    wrong("days", PLAN_TAKES.days(EXPERIMENT_LIMITS.days));
  }
  const { variants, contents } = variantsIn(fields.variants, wrong);
  if (findings.length > 0 || measure === null) return { plan: null, findings };
  const { guard } = fields;
  return { plan: { name, measure, include, days, guard, variants, contents }, findings: [] };
}

/** An error of a field. */
export function findingOf(field: string, text: string): Finding {
  return { level: "error", field, text };
}

/** What is wrong with shares; null when nothing is. A running variant's may be 0. */
export function wrongShares(shares: readonly number[], running = false): string | null {
  const [least, most, text] = running
    ? [0, 100, PLAN_TAKES.runningShare]
    : [1, 99, PLAN_TAKES.share];
  if (!shares.every((share) => Number.isInteger(share) && share >= least && share <= most)) {
    return text;
  }
  const sum = shares.reduce((sum, share) => sum + share, 0);
  if (sum !== 100) return PLAN_TAKES.sum(sum);
  return shares.filter((share) => share > 0).length < 2 ? PLAN_TAKES.oneLeft : null;
}

type Wrong = (field: string, text: string) => void;

function measureIn({ measure, phrase, turns }: ExperimentFields, wrong: Wrong): Measure | null {
  switch (measure) {
    case "phrase": {
      const text = lineOf(phrase);
      if (canBeSaid(text) && text.length <= EXPERIMENT_LIMITS.phrase) {
        return { code: measure, phrase: text };
      }
      wrong("phrase", PLAN_TAKES.phrase(EXPERIMENT_LIMITS.phrase));
      return null;
    }
    case "turns": {
      const count = wholeNumberOf(turns);
      if (count >= 2 && count <= EXPERIMENT_LIMITS.turns) return { code: measure, turns: count };
      wrong("turns", PLAN_TAKES.turns(EXPERIMENT_LIMITS.turns));
      return null;
    }
    case "rated":
    case "link":
    case "export":
    case "return":
      return { code: measure };
    default:
      // A form may hold anything.
      wrong("measure", PLAN_TAKES.measure);
      return null;
  }
}

function variantsIn(
  fields: readonly VariantFields[],
  wrong: Wrong,
): Pick<Experiment, "variants" | "contents"> {
  const variants: Variant[] = [];
  const contents: Partial<Record<Letter, VariantContent>> = {};
  if (fields.length < 2 || fields.length > LETTERS.length) {
    wrong("variants", PLAN_TAKES.variants(LETTERS.length));
    return { variants, contents };
  }
  LETTERS.slice(0, fields.length).forEach((letter, index) => {
    const typed = fields[index];
    if (!typed) return;
    const note = lineOf(typed.note);
    if (note.length > EXPERIMENT_LIMITS.note) {
      wrong(`${letter}.note`, PLAN_TAKES.note(EXPERIMENT_LIMITS.note));
    }
    const share = wholeNumberOf(typed.share.trim().replace(/\s*%$/, ""));
    if (!(share >= 1 && share <= 99)) wrong(`${letter}.share`, PLAN_TAKES.share);
    variants.push({ letter, note, share });
    if (letter === "A") return;
    const content = contentIn(letter, typed, wrong);
    if (content) contents[letter] = content;
  });
  const shares = variants.map(({ share }) => share);
  const text = wrongShares(shares);
  if (text !== null && text !== PLAN_TAKES.share) wrong("shares", text);
  return { variants, contents };
}

function contentIn(letter: Letter, typed: VariantFields, wrong: Wrong): VariantContent | null {
  const result = variantContent.safeParse({
    systemPrompt: typed.systemPrompt,
    model: typed.model,
    effort: typed.effort === "" ? null : typed.effort,
    temperature: numberOf(typed.temperature.trim()),
    maxTokens: numberOf(typed.maxTokens.trim()),
  });
  if (result.success) return result.data;
  const fields = new Set(result.error.issues.map(({ path }) => path[0]));
  for (const field of OWN_FIELDS) {
    if (fields.has(field)) wrong(`${letter}.${field}`, fieldRequirement(field) ?? "");
  }
  return null;
}

/** The fields of a plan; a variant without contents of its own has the tool's. */
export function planFields(
  { tool, ...plan }: ExperimentPlan & { tool: string },
  current: VariantContent,
): ExperimentFields {
  const { measure } = plan;
  return {
    tool,
    name: plan.name,
    measure: measure.code,
    phrase: measure.code === "phrase" ? measure.phrase : "",
    turns: String(measure.code === "turns" ? measure.turns : USUAL_TURNS),
    include: String(plan.include),
    days: plan.days === null ? "" : String(plan.days),
    guard: plan.guard,
    variants: plan.variants.map(({ letter, note, share }) => {
      const { effort, temperature, maxTokens, ...rest } = contentOf(
        plan.contents[letter] ?? current,
      );
      return {
        note,
        share: String(share),
        ...rest,
        effort: effort ?? "",
        temperature: String(temperature),
        maxTokens: String(maxTokens),
      };
    }),
  };
}

/** Turns proposed as a goal. */
const USUAL_TURNS = 5;

/** A new plan: A and B as the tool is, for all people, with guards. */
export function newPlan(): Omit<ExperimentPlan, "contents"> {
  return {
    name: "",
    measure: { code: "rated" },
    include: 100,
    days: null,
    guard: true,
    variants: [{ letter: "A", note: "", share: 50 }, { letter: "B", note: "", share: 50 }],
  };
}
