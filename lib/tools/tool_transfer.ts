import { AppError } from "../platform/errors.ts";
import type { Clock } from "../platform/clock.ts";
import type { ModelCatalogue } from "../llm/catalogue.ts";
import type { Provider } from "../llm/provider.ts";
import { modelEnds } from "../locales/admin/models.ts";
import { IMPORT } from "../locales/admin/tools.ts";
import { endOfNamed } from "./model_ends.ts";
import type { Tool } from "./rules/tool.ts";
import { exportTools, type FileEntry, type Given, readToolFile } from "./rules/tool_file.ts";
import type { PlanItem } from "../shared/views/tool_admin_view.ts";
import { type ImportPlan, planImport } from "./rules/tool_plan.ts";
import { changeBytes, fitting, type ToolRepository } from "./tool_repository.ts";
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

/** What is still to be imported of a file. */
interface Remaining {
  entries: readonly FileEntry[];
  /** Ids; null for all. */
  chosen: readonly string[] | null;
  /** Versions of the tools, by their ids, when the import began; null until then. */
  versions: ReadonlyMap<string, number> | null;
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
   * Imports the chosen tools: in one commit, or in several if they are too large for one. Nothing is
   * imported of a file that is refused. When a later commit fails, those before it stay, and the
   * same import goes on with the rest.
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
    const result = { created: new Array<string>(), changed: new Array<string>() };
    let left: Remaining = { entries: readToolFile(text), chosen, versions: null };
    for (let at = seen;; at = null) {
      const done = await this.importPart(who, left, at);
      if (done === null) return result;
      result.created.push(...done.created);
      result.changed.push(...done.changed);
      left = done.left;
      if (left.chosen?.length === 0) return result;
    }
  }

  /** Imports as many of the remaining tools as one commit takes; null when there are none. */
  private importPart(who: string, { entries, chosen, versions }: Remaining, seen: string | null) {
    return this.repository.change(who, async (tools) => {
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
      const before = new Map(tools.map((tool) => [tool.id, tool]));
      const wanted = [...new Set([...plan.tools.keys(), ...plan.accompanied])].filter(isChosen);
      // What this import has not reached yet is still as it was when it began.
      const isOutdated = (id: string) => versions?.get(id) !== before.get(id)?.version;
      if (versions !== null && wanted.some(isOutdated)) {
        throw new AppError("conflict", { code: "tools.changed" });
      }
      const ids = fitting(wanted, (id) => {
        const tool = plan.tools.get(id);
        const own = tool === undefined ? 0 : changeBytes(tool, before.get(id));
        return own + (plan.accompanied.has(id) ? arrivals.part(who, [id])?.weight ?? 0 : 0);
      });
      if (ids.length === 0) return null;
      const after = {
        created: ids.filter((id) => !before.has(id)),
        changed: ids.filter((id) => before.has(id)),
      };
      const part = arrivals.part(who, ids.filter((id) => plan.accompanied.has(id)));
      return {
        ...(part && { also: () => part }),
        put: ids.flatMap((id) => plan.tools.get(id) ?? []),
        how: { code: "imported" },
        action: "tool.import",
        thing: "tools",
        after,
        result: {
          ...after,
          left: {
            entries: entries.map((entry, i) => withId(entry, plan.items[i])),
            chosen: wanted.filter((id) => !ids.includes(id)),
            versions: versions ?? new Map(tools.map(({ id, version }) => [id, version])),
          },
        },
      };
    }, seen);
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

/** A tool of a file with the id of its plan, which a later plan could no longer find by its name. */
function withId(entry: FileEntry, item: PlanItem | undefined): FileEntry {
  if ("reason" in entry || item === undefined || item.kind === "refused") return entry;
  return { ...entry, given: { ...entry.given, id: item.id } };
}
