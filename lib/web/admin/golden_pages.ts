import type { Context } from "fresh";
import { textsId } from "../../experiments/golden/golden_examples.ts";
import { GOLDEN_LIMITS } from "../../experiments/golden/records.ts";
import type { SideSpec } from "../../experiments/golden/golden_sides.ts";
import { choiceName, GOLDEN } from "../../locales/admin/experiments/golden.ts";
import { AppError } from "../../platform/errors.ts";
import type { GoldenListView } from "../../shared/views/golden_view.ts";
import type { State } from "../define.ts";
import { problemOf } from "../errors.ts";
import { readerOf } from "../reader.ts";
import type { FormFields } from "./admin_form.ts";
import { adminOf } from "./admin_session.ts";

type Note = { good: boolean; text: string } | null;

/** Versions that a run can compare with, newest first. */
const VERSIONS_SHOWN = 20;

interface Choice {
  group: "models" | "versions" | "variants";
  value: string;
  label: string;
  spec: SideSpec;
}

/** The list's page, of the tool and the choice that its address or form names. */
export async function goldenListData(
  ctx: Context<State>,
  note: Note,
  named: (name: string) => string | null = (name) => ctx.url.searchParams.get(name),
) {
  const { golden, deps } = ctx.state.services;
  const view = await golden.list(named("tool"));
  return {
    token: adminOf(ctx.state).csrf,
    timeZone: deps.config.TIME_ZONE,
    view,
    runs: view.tool && view.examples.length > 0
      ? await runData(ctx, view.tool, named("with"))
      : null,
    note,
  };
}

/** What a run of a tool can compare, with the prices of the chosen one. */
async function runData(
  ctx: Context<State>,
  tool: NonNullable<GoldenListView["tool"]>,
  wanted: string | null,
) {
  const { golden } = ctx.state.services;
  const choices = await choicesOf(ctx, tool);
  const chosen = choices.find(({ value }) => value === wanted) ?? choices[0];
  if (chosen === undefined) return null;
  const sides: SideSpec[] = [{ code: "version", version: tool.version }, chosen.spec];
  const [people, model] = await Promise.all([
    golden.price(tool.id, sides, "people"),
    golden.price(tool.id, sides, "model"),
  ]);
  const shown = choices.map(({ group, value, label }) => ({ group, value, label }));
  return { choices: shown, chosen, prices: { people, model } };
}

/** Earlier versions, other models, and the variants of the tool's experiments. */
async function choicesOf(
  ctx: Context<State>,
  { id, version, model }: { id: string; version: number; model: string },
): Promise<Choice[]> {
  const { tools, deps: { store } } = ctx.state.services;
  const [versions, experiments] = await Promise.all([
    store.tools.versions(id, VERSIONS_SHOWN),
    store.experiments.list(),
  ]);
  const earlier = versions.map(({ tool }) => tool.version).filter((each) => each !== version);
  const models = tools.views.models([]).filter((each) => each.model !== model);
  return [
    ...earlier.map((each): Choice => choice("versions", { code: "version", version: each })),
    ...models.map((each): Choice => choice("models", { code: "model", model: each.model })),
    ...experiments.filter(({ tool }) => tool === id).flatMap(({ id, name, variants, contents }) =>
      variants.filter(({ letter }) => letter !== "A" && contents[letter]).map(({ letter }) =>
        choice("variants", { code: "variant", experiment: id, letter }, name)
      )
    ),
  ];
}

function choice(group: Choice["group"], spec: Exclude<SideSpec, { code: "draft" }>, of = "") {
  const parts = Object.values(spec).map(String);
  return { group, value: parts.join(":"), label: choiceName(spec, of), spec };
}

/** Starts a run by the list's form: the page to go to, or the list with why it cannot be paid for. */
export async function runByForm(ctx: Context<State>, form: FormFields) {
  try {
    return { to: await startRun(ctx, form) };
  } catch (error) {
    const { status, note } = roomNote(ctx, error);
    return { data: await goldenListData(ctx, note, (name) => form.text(name)), status };
  }
}

/**
 * The refusal of a run for its cost as a page tells it.
 * @throws any other error
 */
export function roomNote(ctx: Context<State>, error: unknown) {
  const isOfCost = error instanceof AppError &&
    (error.kind === "over_budget" || error.told.code === "model.unpriced");
  if (!isOfCost) throw error;
  const { status, detail } = problemOf(error, readerOf(ctx));
  return { status, note: { good: false, text: detail } };
}

/**
 * Starts the run that the list's form asks for, once its price was shown. Returns the page to go
 * to.
 * @throws {AppError} `invalid`, `missing`, `over_budget`
 */
async function startRun(ctx: Context<State>, form: FormFields): Promise<string> {
  const { golden, deps } = ctx.state.services;
  const tool = await deps.store.tools.find(form.text("tool"));
  const judge = form.text("judge"), value = form.text("with");
  if (judge === "price" || value !== form.text("priced")) {
    const query = new URLSearchParams({ tool: tool.id, with: value.slice(0, 200) });
    return `/admin/golden?${query}#run-title`;
  }
  if (judge !== "people" && judge !== "model") {
    throw new AppError("invalid", { code: "action.unknown" });
  }
  const b = (await choicesOf(ctx, tool)).find((each) => each.value === value);
  if (b === undefined) throw new AppError("missing", { code: "version.gone" });
  const a: SideSpec = { code: "version", version: tool.version };
  const who = adminOf(ctx.state).email;
  const run = await golden.start(who, {
    tool: tool.id,
    a,
    b: b.spec,
    judge,
    seen: form.text("seen"),
  });
  return `/admin/golden/${tool.id}/runs/${run}`;
}

/** A run's page. */
export async function goldenRunData(ctx: Context<State>, wrong: string | null) {
  const { golden, deps } = ctx.state.services;
  return {
    token: adminOf(ctx.state).csrf,
    timeZone: deps.config.TIME_ZONE,
    run: await golden.run(ctx.params.run ?? ""),
    wrong,
  };
}

/** The example's page, with what is typed or stored. */
export async function exampleData(
  ctx: Context<State>,
  { id, fields, seen, note = null, wrong = null, conflict = false }: {
    id: string | null;
    fields?: { question: string; expects: string };
    /** Names the stored texts that the form was opened with; those of now when omitted. */
    seen?: string;
    note?: Note;
    wrong?: string | null;
    /** Whether another admin was faster, so that their texts are shown too. */
    conflict?: boolean;
  },
) {
  const { golden, deps } = ctx.state.services;
  const tool = await deps.store.tools.find(ctx.params.tool ?? "");
  const example = id === null ? null : await golden.example(tool.id, id);
  const { question, expects } = fields ?? example ?? { question: "", expects: "" };
  return {
    token: adminOf(ctx.state).csrf,
    tool: { id: tool.id, name: tool.name },
    example,
    fields: { question, expects },
    seen: seen ?? (example === null ? "" : textsId(example)),
    theirs: conflict ? example : null,
    limits: { question: GOLDEN_LIMITS.question, expects: GOLDEN_LIMITS.expects },
    note,
    wrong,
  };
}

/** Saves or removes an example by its form: the page to go to, or the form again. */
export async function storeExample(ctx: Context<State>, form: FormFields, id: string | null) {
  const { golden } = ctx.state.services;
  const { email } = adminOf(ctx.state);
  const tool = ctx.params.tool ?? "";
  const list = `/admin/golden?tool=${encodeURIComponent(tool)}`;
  const fields = { question: form.text("question"), expects: form.text("expects") };
  const seen = form.has("seen") ? form.text("seen") : null;
  try {
    if (id !== null && form.text("action") === "remove") {
      await golden.removeExample(email, tool, id, seen);
      return { to: `${list}&done=removed` };
    }
    await golden.saveExample(email, tool, id, fields, seen);
    return { to: `${list}&done=saved` };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.told.code === "golden.gone" && form.text("action") === "save") {
      const note = { good: false, text: GOLDEN.removedMeanwhile };
      return { data: await exampleData(ctx, { id: null, fields, note }), status: 409 };
    }
    if (error.kind === "missing") throw error;
    const { status, detail } = problemOf(error, readerOf(ctx));
    const note = { good: false, text: detail };
    const wrong = error.field ?? null;
    const conflict = error.kind === "conflict";
    // Of a conflict both are shown: the next save replaces what was seen there.
    const shown = conflict || seen === null ? {} : { seen };
    return {
      data: await exampleData(ctx, { id, fields, note, wrong, conflict, ...shown }),
      status,
    };
  }
}
