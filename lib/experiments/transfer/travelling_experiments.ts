import { audit } from "../../audit/log.ts";
import { EXPERIMENT_IMPORT } from "../../locales/admin/experiments/checks.ts";
import type { Clock } from "../../platform/clock.ts";
import type { WritePart } from "../../store/transactions.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import type {
  Arrival,
  Arrivals,
  GivenExperiments,
  ToolCompanions,
} from "../../tools/tool_companions.ts";
import { newDraft } from "../new_draft.ts";
import type { Experiment } from "../records.ts";
import type { ExperimentPlan } from "../rules/experiment_form.ts";
import type { StoredExperiments } from "../stored_experiments.ts";
import { experimentEntry, planInFile } from "./rules/experiment_file.ts";
import { originalPlan } from "./rules/original_plan.ts";

interface Needs {
  store: { experiments: StoredExperiments };
  clock: Clock;
}

/** Most experiments taken with one tool. */
const MOST = 50;

/** The tools' experiments in files of tools: their definitions, which come back as drafts. */
export class TravellingExperiments implements ToolCompanions {
  constructor(private readonly deps: Needs) {}

  async export(): Promise<(tool: string) => readonly unknown[]> {
    const all = await this.deps.store.experiments.list();
    return (tool) => definitionsOf(all, tool).map((text) => JSON.parse(text));
  }

  async arrivals(): Promise<Arrivals> {
    const { store, clock } = this.deps;
    const { seen, all } = await store.experiments.snapshot();
    const coming = new Map<string, ExperimentPlan[]>();
    return {
      of: (tool, given) => {
        const known = new Set(definitionsOf(all, tool.id));
        const { plans, notes } = plansIn(given, tool);
        const news = plans.filter((plan) => !known.has(definitionOf(plan)));
        coming.set(tool.id, news);
        return { names: news.map(({ name }) => name), notes };
      },
      part: (who, tools): WritePart | null => {
        const at = clock();
        const drafts = tools.flatMap((tool) =>
          (coming.get(tool) ?? []).map((plan) =>
            newDraft(plan, { tool, by: who, createdAt: at, imported: true })
          )
        );
        if (drafts.length === 0) return null;
        return store.experiments.part(seen, drafts, (tx) => {
          for (const { id, tool, name } of drafts) {
            const thing = `experiment:${id}`, after = { tool, name };
            audit(tx, { at, who, action: "experiment.import", thing, before: null, after });
          }
        });
      },
    };
  }
}

/** The definitions of a file's experiments, each once, with notes about those that are not right. */
function plansIn(
  { own, test }: GivenExperiments,
  tool: Tool,
): { plans: ExperimentPlan[]; notes: Arrival["notes"] } {
  const entries = Array.isArray(own) ? own.slice(0, MOST) : [];
  const plans = new Map<string, ExperimentPlan>();
  const notes: string[] = [];
  const add = (plan: ExperimentPlan) => plans.set(definitionOf(plan), plan);
  for (const entry of entries) {
    const plan = planInFile(entry);
    if (plan) add(plan);
    else notes.push(EXPERIMENT_IMPORT.refused(nameOf(entry)));
  }
  if (test !== undefined) {
    const plan = originalPlan(test, tool);
    if (plan) add(plan);
    else notes.push(EXPERIMENT_IMPORT.noPrompt);
  }
  const names = [...plans.values()].map(({ name }) => name);
  if (names.length > 0) notes.push(EXPERIMENT_IMPORT.comes(names.join(", ")));
  return { plans: [...plans.values()], notes };
}

/** The definitions of a tool's experiments as text, in an order of their own, each once. */
function definitionsOf(all: readonly Experiment[], tool: string): string[] {
  return [...new Set(all.filter((each) => each.tool === tool).map(definitionOf))].sort();
}

function definitionOf(plan: ExperimentPlan): string {
  return JSON.stringify(experimentEntry(plan));
}

function nameOf(entry: unknown): string {
  const name: unknown = typeof entry === "object" && entry !== null && "name" in entry
    ? entry.name
    : "";
  return typeof name === "string" ? name.slice(0, 80) : "";
}
