import { IMPORT, TOOL_LABELS } from "../../locales/admin/tools.ts";
import type { FieldChange, PlanItem } from "../../shared/views/tool_admin_view.ts";
import { textLength, type Tool, TOOL_LIMITS, toolId, toolSchema } from "./tool.ts";
import type { Arrival, Arrivals } from "../tool_companions.ts";
import { changesBetween } from "./tool_diff.ts";
import { type FileEntry, type Given, schemaProblem } from "./tool_file.ts";
import { freeId, idFrom, isReserved, sameName } from "./tool_names.ts";

/** Effect of an import: items to show, and tools to store. */
export interface ImportPlan {
  items: PlanItem[];
  /** New and changed tools, by id. */
  tools: Map<string, Tool>;
  /** Ids of the tools with which experiments come. */
  accompanied: Set<string>;
}

/** Defaults of fields that a file omits. */
const DEFAULTS = {
  description: "",
  icon: "",
  group: "",
  effort: null,
  pictureDetail: "low" as const,
  temperature: 0.7,
  maxTokens: 2048,
  active: true,
  ceiling: null,
  fallbackModel: null,
  chain: null,
  remembers: false,
  keepsRecordings: false,
  hearingModel: null,
  ladder: { downgradeFrom: 80, clamp: true },
  starters: [],
  keyTerms: [],
  whatsapp: { enabled: false, scope: "" },
  examples: [],
  greeting: "",
  language: "en" as const,
  texts: {},
};

/**
 * Compares a file with the existing tools.
 * A tool without an id (the original's single export) matches the tool of its name, or is new.
 * @param check warnings about a tool after the import
 */
export function planImport(
  entries: readonly FileEntry[],
  existing: readonly Tool[],
  check: (tool: Tool) => string[] = () => [],
  arrivals: Pick<Arrivals, "of"> = ALONE,
): ImportPlan {
  const byId = new Map(existing.map((tool) => [tool.id, tool]));
  const taken = new Set(byId.keys());
  const seen = new Set<string>();
  const tools = new Map<string, Tool>();
  const accompanied = new Set<string>();
  let last = existing.reduce((most, { order }) => Math.max(most, order), -1);
  const items = entries.map((entry): PlanItem => {
    const { name } = entry;
    if ("reason" in entry) return { kind: "refused", name, reason: entry.reason };
    const notes = [...entry.notes];
    const id = idOf(entry.given, existing, taken, notes);
    if (seen.has(id)) {
      return { kind: "refused", name, reason: IMPORT.twice(id) };
    }
    const before = byId.get(id);
    const tool = toolSchema.safeParse({
      ...DEFAULTS,
      order: last + 1,
      ...before,
      ...entry.given,
      id,
      version: before?.version ?? 1,
    });
    if (!tool.success) {
      return { kind: "refused", name, reason: schemaProblem(tool.error) };
    }
    if (textLength(tool.data) > TOOL_LIMITS.texts) {
      return { kind: "refused", name, reason: IMPORT.tooLong };
    }
    seen.add(id);
    taken.add(id);
    last = Math.max(last, tool.data.order);
    const changes = before ? changesBetween(before, tool.data) : [];
    const arrival = arrivals.of(tool.data, entry.experiments);
    notes.push(...arrival.notes);
    if (arrival.names.length > 0) accompanied.add(id);
    else if (before && changes.length === 0) return { kind: "same", id, name, notes };
    if (!before || changes.length > 0) {
      tools.set(id, tool.data);
      notes.push(...check(tool.data));
    }
    return before
      ? { kind: "changed", id, name, notes, changes: [...changes, ...broughtBy(arrival)] }
      : { kind: "new", id, name, notes };
  });
  return { items, tools, accompanied };
}

/** Experiments that come, as a change of their tool. */
function broughtBy({ names }: Arrival): FieldChange[] {
  const field = "experiments", label = TOOL_LABELS[field];
  return names.map((after) => ({ field, label, before: "", after, lines: null }));
}

const ALONE: Pick<Arrivals, "of"> = { of: () => ({ names: [], notes: [] }) };

function idOf(
  given: Given,
  existing: readonly Tool[],
  taken: ReadonlySet<string>,
  notes: string[],
): string {
  if (given.id !== undefined && toolId.safeParse(given.id).success && !isReserved(given.id)) {
    return given.id;
  }
  if (given.id !== undefined) {
    const id = idFrom(given.id);
    notes.push(IMPORT.renamed(given.id.slice(0, TOOL_LIMITS.id), id));
    return id;
  }
  const same = existing.find(({ name }) => sameName(name) === sameName(given.name));
  return same?.id ?? freeId(idFrom(given.name), taken);
}
