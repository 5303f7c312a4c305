import type { Clock } from "../platform/clock.ts";
import { AppError } from "../platform/errors.ts";
import { type ExperimentFields, LETTERS } from "../shared/views/experiment_view.ts";
import { type Finding, OWN_FIELDS } from "../shared/views/tool_admin_view.ts";
import type { Tool } from "../tools/rules/tool.ts";
import { toolIn, type Tools } from "../tools/stored_tools.ts";
import type { ToolChecks } from "../tools/tool_checks.ts";
import { ExperimentChanges, found } from "./experiment_changes.ts";
import { newDraft } from "./new_draft.ts";
import type { Experiment } from "./records.ts";
import {
  type ExperimentPlan,
  findingOf,
  newPlan,
  parsePlan,
  planFields,
} from "./rules/experiment_form.ts";
import type { StoredExperiments } from "./stored_experiments.ts";
import { variantErrors } from "./variant_errors.ts";

interface Needs {
  store: { experiments: StoredExperiments; tools: Tools };
  clock: Clock;
}

/** Plans of experiments, before their start. */
export class ExperimentPlans {
  private readonly changes: ExperimentChanges;

  constructor(private readonly deps: Needs, private readonly checks: ToolChecks) {
    this.changes = new ExperimentChanges(deps);
  }

  /** The fields of a plan as they were saved; of a draft A is the tool as it is now. */
  async fieldsOf(id: string): Promise<{ fields: ExperimentFields; revision: number }> {
    const { store, clock } = this.deps;
    const experiment = found(await store.experiments.list(), id, clock());
    const tool = await this.tool(experiment.tool);
    return { fields: planFields(experiment, tool), revision: experiment.revision };
  }

  /** The fields of a new plan, in which A and B are the tool as it is. */
  async newFields(id: string): Promise<ExperimentFields> {
    const tool = await this.tool(id);
    return planFields({ ...newPlan(), contents: {}, tool: id }, tool);
  }

  /**
   * Saves a plan as a draft, a new one where none has this id or `id` is null. With errors in its
   * fields nothing is saved, and they are returned.
   * @throws {AppError} `conflict` when it has started, or another admin changed it since `revision`
   */
  async save(
    who: string,
    id: string | null,
    revision: number,
    fields: ExperimentFields,
  ): Promise<{ id: string } | { findings: Finding[] }> {
    const { plan, findings } = parsePlan(fields);
    if (plan === null) return { findings };
    const { store, clock } = this.deps;
    const known = (await store.experiments.list()).find((each) => each.id === id);
    if (revision > 0 && !known) throw new AppError("missing", { code: "experiment.gone" });
    const tool = await this.tool(known?.tool ?? fields.tool);
    const wrong = this.wrongContents(tool, plan, await store.tools.list());
    if (wrong.length > 0) return { findings: wrong };
    if (known) {
      // Sent twice, or from the page before it was saved: there is nothing to save.
      if (isSamePlan(known, plan)) return { id: known.id };
      await this.changes.edit(who, "experiment.change", known.id, revision, (now) => {
        if (now.state !== "draft") {
          throw new AppError("conflict", { code: "experiment.is", state: now.state });
        }
        return { ...now, ...plan };
      });
      return { id: known.id };
    }
    const origin = { tool: tool.id, by: who, createdAt: clock() };
    const draft = newDraft(plan, id === null ? origin : { ...origin, id });
    await this.changes.create(who, "experiment.create", draft);
    return { id: draft.id };
  }

  /** Deletes a draft; an experiment that has started stays for its answer. */
  async remove(who: string, id: string): Promise<void> {
    await this.changes.remove(who, id, ({ state }) => {
      if (state !== "draft") throw new AppError("conflict", { code: "experiment.is", state });
    });
  }

  /** Errors that the tool would have with the variants' contents, and has not by itself. */
  private wrongContents(
    tool: Tool,
    { contents }: Pick<Experiment, "contents">,
    tools: readonly Tool[],
  ): Finding[] {
    return LETTERS.flatMap((letter) => {
      const content = contents[letter];
      return (content ? variantErrors(this.checks, tool, content, tools) : [])
        .map(({ field, text }) => findingOf(`${letter}.${ownField(field)}`, text));
    });
  }

  private async tool(id: string): Promise<Tool> {
    const { tools } = await this.deps.store.tools.snapshot();
    return toolIn(tools, id);
  }
}

/** The field of a variant that a finding about its tool belongs to. */
function ownField(field: string): string {
  return OWN_FIELDS.find((own) => own === field) ?? "model";
}

function isSamePlan(experiment: Experiment, plan: ExperimentPlan): boolean {
  const text = ({ name, measure, include, days, guard, variants, contents }: ExperimentPlan) =>
    JSON.stringify([name, measure, include, days, guard, variants, contents]);
  return text(experiment) === text(plan);
}
