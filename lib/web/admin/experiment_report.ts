import type { Context } from "fresh";
import type { Tool } from "../../tools/rules/tool.ts";
import { changesBetween } from "../../tools/rules/tool_diff.ts";
import { AppError } from "../../platform/errors.ts";
import type { Experiment } from "../../experiments/records.ts";
import { type Letter, LETTERS } from "../../shared/views/experiment_view.ts";
import type { State } from "../define.ts";
import type { FormFields } from "./admin_form.ts";
import { adminOf } from "./admin_session.ts";

/**
 * What the report's page shows.
 * @param form a form that was refused; its shares are shown as they were typed
 */
export async function reportData(
  ctx: Context<State>,
  id: string,
  note: { good: boolean; text: string } | null,
  form: FormFields | null = null,
) {
  const { experiments, deps } = ctx.state.services;
  const [report, experiment] = await Promise.all([experiments.report(id), experiments.get(id)]);
  return {
    token: adminOf(ctx.state).csrf,
    timeZone: deps.config.TIME_ZONE,
    now: deps.clock(),
    report,
    revision: experiment.revision,
    differences: differencesOf(experiment, await deps.store.tools.get(experiment.tool)),
    note,
    typed: form?.text("action") === "shares" ? typedShares(form) : null,
  };
}

/** The shares in a form as they were typed, by letter. */
function typedShares(form: FormFields): Partial<Record<Letter, string>> {
  return Object.fromEntries(
    LETTERS.filter((letter) => form.has(`${letter}.share`))
      .map((letter) => [letter, form.text(`${letter}.share`)]),
  );
}

/** The fields in which each variant differs from A; nothing without the tool. */
function differencesOf({ variants, contents }: Experiment, tool: Tool | null) {
  const { A: base } = contents;
  return variants.flatMap(({ letter }) => {
    const content = contents[letter];
    return letter === "A" || !base || !content || !tool
      ? []
      : [{ letter, changes: changesBetween({ ...tool, ...base }, { ...tool, ...content }) }];
  });
}

/**
 * Does what a button of a started experiment or of a draft's menu asks for; the page to go to.
 * @throws {AppError} `invalid` for an unknown action; `conflict`
 */
export async function actOnExperiment(
  ctx: Context<State>,
  form: FormFields,
  id: string,
): Promise<string> {
  const { experiments } = ctx.state.services;
  const { email } = adminOf(ctx.state);
  const to = `/admin/experiments/${id}`;
  if (form.has("promote")) {
    const letter = LETTERS.find((each) => each === form.text("promote"));
    if (letter === undefined) throw new AppError("invalid", { code: "action.unknown" });
    await experiments.promote(email, id, letter);
    return `${to}?done=promoted`;
  }
  switch (form.text("action")) {
    case "pause":
      await experiments.pause(email, id);
      return `${to}?done=paused`;
    case "resume": {
      const { pause } = await experiments.get(id);
      await experiments.resume(email, id);
      return `${to}?done=${pause?.code === "guard" ? "unguarded" : "resumed"}`;
    }
    case "end":
      await experiments.end(email, id);
      return `${to}?done=ended`;
    case "remove":
      await experiments.remove(email, id);
      return "/admin/experiments?done=deleted";
    case "shares": {
      const { variants } = await experiments.get(id);
      const shares = variants.map(({ letter }) => shareIn(form.text(`${letter}.share`)));
      await experiments.setShares(email, id, Number(form.text("revision")), shares);
      return `${to}?done=shares`;
    }
    default:
      throw new AppError("invalid", { code: "action.unknown" });
  }
}

/** A typed share; NaN, which the service refuses, for what is no number. */
function shareIn(text: string): number {
  return /^\s*\d{1,3}\s*%?\s*$/.test(text) ? parseInt(text, 10) : NaN;
}
