import type { Context } from "fresh";
import { GOLDEN_LIMITS } from "../../experiments/golden/records.ts";
import type { SideSpec } from "../../experiments/golden/golden_sides.ts";
import { AppError } from "../../platform/errors.ts";
import type { State } from "../define.ts";
import { problemOf } from "../errors.ts";
import { readerOf } from "../reader.ts";
import type { FormFields } from "./admin_form.ts";
import { adminOf } from "./admin_session.ts";

type Note = { good: boolean; text: string } | null;

/** The list's page. */
export async function goldenListData(ctx: Context<State>, note: Note) {
  const { golden, tools, deps } = ctx.state.services;
  const view = await golden.list(ctx.url.searchParams.get("tool"));
  const { tool } = view;
  const sides: SideSpec[] = tool === null ? [] : [1, 2].map(() => ({
    code: "version",
    version: tool.version,
  }));
  const priced = (judge: "people" | "model") =>
    tool === null ? null : golden.price(tool.id, sides, judge);
  const [people, model] = await Promise.all([priced("people"), priced("model")]);
  return {
    token: adminOf(ctx.state).csrf,
    timeZone: deps.config.TIME_ZONE,
    view,
    models: tools.views.models([]).map((each) => each.model),
    prices: { people, model },
    note,
  };
}

/**
 * Starts the run that the list's form asks for. Returns the page to go to.
 * @throws {AppError} `invalid`, `missing`
 */
export async function startRun(ctx: Context<State>, form: FormFields): Promise<string> {
  const { golden, deps } = ctx.state.services;
  const tool = await deps.store.tools.get(form.text("tool"));
  if (tool === null) throw new AppError("missing", { code: "tool.binned" });
  const version = Number(form.text("version"));
  const b: SideSpec = form.text("side") === "version"
    ? { code: "version", version: Number.isSafeInteger(version) ? version : 0 }
    : { code: "model", model: form.text("model").slice(0, 100) };
  const run = await golden.start(adminOf(ctx.state).email, {
    tool: tool.id,
    a: { code: "version", version: tool.version },
    b,
    judge: form.text("judge") === "model" ? "model" : "people",
  });
  return `/admin/golden/${tool.id}/runs/${run}`;
}

/** The example's page, with what is typed or stored. */
export async function exampleData(
  ctx: Context<State>,
  { id, fields, note = null, wrong = null }: {
    id: string | null;
    fields?: { question: string; expects: string };
    note?: Note;
    wrong?: string | null;
  },
) {
  const { golden, deps } = ctx.state.services;
  const tool = await deps.store.tools.get(ctx.params.tool ?? "");
  if (tool === null) throw new AppError("missing", { code: "tool.binned" });
  const example = id === null ? null : await golden.example(tool.id, id);
  const { question, expects } = fields ?? example ?? { question: "", expects: "" };
  return {
    token: adminOf(ctx.state).csrf,
    tool: { id: tool.id, name: tool.name },
    example,
    fields: { question, expects },
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
  if (id !== null && form.text("action") === "remove") {
    await golden.removeExample(email, tool, id);
    return { to: `${list}&done=removed` };
  }
  const fields = { question: form.text("question"), expects: form.text("expects") };
  try {
    await golden.saveExample(email, tool, id, fields);
    return { to: `${list}&done=saved` };
  } catch (error) {
    if (!(error instanceof AppError) || error.kind === "missing") throw error;
    const { status, detail } = problemOf(error, readerOf(ctx));
    const note = { good: false, text: detail };
    const wrong = error.field ?? null;
    return { data: await exampleData(ctx, { id, fields, note, wrong }), status };
  }
}
