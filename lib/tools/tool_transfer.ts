import { AppError } from "../platform/errors.ts";
import type { Clock } from "../platform/clock.ts";
import type { ModelCatalogue } from "../llm/catalogue.ts";
import type { Provider } from "../llm/provider.ts";
import { modelEnds } from "../locales/admin/models.ts";
import { IMPORT } from "../locales/admin/tools.ts";
import { endOfNamed } from "./model_ends.ts";
import type { Tool } from "./rules/tool.ts";
import { exportTools, type FileEntry, type Given, readToolFile } from "./rules/tool_file.ts";
import { type ImportPlan, planImport } from "./rules/tool_plan.ts";
import type { ToolRepository } from "./tool_repository.ts";
import type { ToolChecks } from "./tool_checks.ts";
import type { Arrivals, ToolCompanions } from "./tool_companions.ts";
import type { Tools } from "./stored_tools.ts";

interface Needs {
  store: { tools: Tools };
  catalogue: ModelCatalogue;
  provider: Provider;
  firstProvider: string;
  clock: Clock;
}

/** An import's plan with the version of the tools that it was made for. */
export interface OpenPlan extends ImportPlan {
  seen: string;
}

/** Export and import of tools as files. */
export class ToolTransfer {
  constructor(
    private readonly deps: Needs,
    private readonly repository: ToolRepository,
    private readonly checks: ToolChecks,
    private readonly companions: ToolCompanions,
  ) {}

  /** A file of all tools, or of the given ids. */
  async export(ids: readonly string[] | null = null): Promise<string> {
    const { tools } = await this.deps.store.tools.snapshot();
    const chosen = ids === null ? tools : tools.filter(({ id }) => ids.includes(id));
    return exportTools(chosen, await this.companions.export());
  }

  /**
   * Plans an import.
   * @throws {AppError} `invalid` or `too_large`
   */
  async plan(text: string): Promise<OpenPlan> {
    const entries = readToolFile(text);
    const { version, tools } = await this.deps.store.tools.snapshot();
    const plan = this.planFor(entries, tools, await this.companions.arrivals());
    return { ...plan, seen: version ?? "" };
  }

  /**
   * Imports the chosen tools in one commit.
   * @param seen version of the plan; null for any
   * @param chosen ids of the plan; null for all, which requires a plan without refusals
   * @throws {AppError} `conflict` if the tools changed since the plan
   */
  async import(
    who: string,
    text: string,
    seen: string | null = null,
    chosen: readonly string[] | null = null,
  ): Promise<{ created: string[]; changed: string[] }> {
    const entries = readToolFile(text);
    const done = await this.repository.change(who, async (tools) => {
      const arrivals = await this.companions.arrivals();
      const plan = this.planFor(entries, tools, arrivals);
      const refused = plan.items.find((item) => item.kind === "refused");
      if (chosen === null && refused?.kind === "refused") {
        throw new AppError(
          "invalid",
          { code: "import.refused", name: refused.name, reason: refused.reason },
        );
      }
      const isChosen = (id: string) => chosen?.includes(id) ?? true;
      const put = [...plan.tools.values()].filter(({ id }) => isChosen(id));
      const accompanied = [...plan.accompanied].filter(isChosen);
      const ids = [...new Set([...put.map(({ id }) => id), ...accompanied])];
      if (ids.length === 0) return null;
      const isStored = (id: string) => tools.some((tool) => tool.id === id);
      const result = {
        created: ids.filter((id) => !isStored(id)),
        changed: ids.filter(isStored),
      };
      const part = arrivals.part(who, accompanied);
      return {
        ...(part && { also: () => part }),
        put,
        how: { code: "imported" },
        action: "tool.import",
        thing: "tools",
        after: result,
        result,
      };
    }, seen);
    return done ?? { created: [], changed: [] };
  }

  /** Replaces models of the original's tools that have ended or end soon. */
  private withLivingModels(entry: FileEntry): FileEntry {
    if ("reason" in entry || !entry.original) return entry;
    const { given, notes } = entry;
    const living: Partial<Pick<Given, "model" | "fallbackModel">> = {};
    const told: string[] = [];
    for (const field of ["model", "fallbackModel"] as const) {
      const name = given[field];
      const end = name && endOfNamed(name, this.deps);
      if (!name || !end || end.replacement === null) continue;
      living[field] = end.replacement;
      told.push(IMPORT.modelReplaced(modelEnds(name, end.endsOn, end.daysLeft), end.replacement));
    }
    // The same model twice: the program chooses the cheaper one.
    const model = living.model ?? given.model;
    if (living.fallbackModel !== undefined && living.fallbackModel === model) {
      living.fallbackModel = null;
    }
    return { ...entry, given: { ...given, ...living }, notes: [...notes, ...new Set(told)] };
  }

  private planFor(
    entries: readonly FileEntry[],
    tools: readonly Tool[],
    arrivals: Arrivals,
  ): ImportPlan {
    return planImport(
      entries.map((entry) => this.withLivingModels(entry)),
      tools,
      (tool) => this.checks.among(tool, tools).map(({ text }) => text),
      arrivals,
    );
  }
}
