import type { HistoryParams } from "../locales/admin/tools.ts";
import type { Coded } from "../locales/coded.ts";
import { AppError } from "../platform/errors.ts";
import { type Tool, toolTexts } from "./rules/tool.ts";
import { audit, AUDIT_WEIGHT } from "../audit/log.ts";
import { type BinnedTool, toolKeys, type ToolVersion } from "./records.ts";
import type { Tx, WritePart } from "../store/transactions.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tools } from "./stored_tools.ts";

interface Needs {
  store: { tools: Tools };
  clock: Clock;
}

/** Versions stored per tool. */
export const KEPT_VERSIONS = 50;
/** Most bytes of one change; Deno KV takes 800 KiB a commit. */
const MOST_BYTES = 740_000;
/** Most tools of one import's change; Deno KV takes 1,000 writes a commit. */
const MOST_TOOLS = 200;
const MAX_TRIES = 20;

/** A change of the tools, decided on a consistent snapshot of all of them. */
export interface ToolChange<T> {
  /** New and changed tools; each gets a new version. */
  put?: readonly Tool[];
  /** Tools of which only the order changed. */
  moved?: readonly Tool[];
  /** Tools to move to the bin. */
  remove?: readonly Tool[];
  /** Entries to delete from the bin. */
  unbin?: readonly BinnedTool[];
  /** Entry for the history of each tool in `put`. */
  how: Coded<HistoryParams>;
  /** Action (`tool.change`) and object of the audit entry. */
  action: string;
  thing: string;
  before?: unknown;
  after?: unknown;
  /** Audit entries of further objects. */
  more?: readonly { thing: string; before: unknown; after: unknown }[];
  /** Records of other capabilities in the same commit; gets `put` with the new versions. */
  also?: (put: readonly Tool[]) => WritePart;
  result: T;
}

/** Changes tools, history, bin and audit log in one commit. */
export class ToolRepository {
  constructor(private readonly deps: Needs) {}

  /**
   * Decides on the current tools and commits, again after a concurrent change.
   * `decide` may throw, and returns null when there is nothing to do.
   * @param seen version of the tools that the caller has seen; null for any
   * @throws {AppError} `conflict` if another version is current, `too_large` beyond one commit
   */
  async change<T>(
    who: string,
    decide: (tools: readonly Tool[]) => ToolChange<T> | null | Promise<ToolChange<T> | null>,
    seen: string | null = null,
  ): Promise<T | null> {
    const { store, clock } = this.deps;
    for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
      const { version, tools } = await store.tools.snapshot();
      if (seen !== null && (version ?? "") !== seen) throw changedMeanwhile();
      const change = await decide(tools);
      if (change === null) return null;
      const at = clock();
      const { put, states } = await this.numbered(change, tools, { at, by: who });
      const { moved = [], remove = [], unbin = [], more = [] } = change;
      const written = [...put, ...moved, ...remove, ...states.map(({ tool }) => tool)];
      const weight = written.reduce((sum, tool) => sum + storedBytes(tool), 0);
      const also = change.also?.(put) ?? null;
      if (weight + (also?.weight ?? 0) > MOST_BYTES) throw tooMuch();
      const done = await store.tools.change(
        version,
        (tx) => {
          for (const tool of [...put, ...moved]) tx.set(toolKeys.tool(tool.id), tool);
          for (const state of states) keep(tx, state);
          for (const tool of remove) {
            tx.delete(toolKeys.tool(tool.id));
            tx.set(toolKeys.deleted(tool.id), true);
            tx.set(toolKeys.toolBin(tool.id, at), { tool, at, by: who });
          }
          for (const { tool, at } of unbin) tx.delete(toolKeys.toolBin(tool.id, at));
          const { action, thing, before = null, after = null } = change;
          for (const entry of [{ thing, before, after }, ...more]) {
            audit(tx, { at, who, action, ...entry });
          }
        },
        weight + AUDIT_WEIGHT * (1 + more.length),
        also,
      );
      if (done) return change.result;
    }
    throw new AppError("conflict", { code: "tools.busy" });
  }

  /** The tools with their new version numbers, and the versions to add to their histories. */
  private async numbered<T>(
    { put = [], how }: ToolChange<T>,
    tools: readonly Tool[],
    by: { at: number; by: string },
  ): Promise<{ put: Tool[]; states: ToolVersion[] }> {
    const pairs = await Promise.all(put.map(async (wanted) => {
      const [latest] = await this.deps.store.tools.versions(wanted.id, 1);
      const now = tools.find(({ id }) => id === wanted.id);
      const number = Math.max(now?.version ?? 0, latest?.tool.version ?? 0) + 1;
      const tool = { ...wanted, version: number };
      const states: ToolVersion[] = [{ tool, ...by, how }];
      // The state before the first recorded change is a version without an author.
      if (now && latest?.tool.version !== now.version) {
        states.unshift({ tool: now, at: 0, by: "", how: { code: "before" } });
      }
      return { tool, states };
    }));
    return {
      put: pairs.map(({ tool }) => tool),
      states: pairs.flatMap(({ states }) => states),
    };
  }
}

function keep(tx: Tx, state: ToolVersion): void {
  const { id, version } = state.tool;
  tx.set(toolKeys.toolVersion(id, version), state);
  if (version > KEPT_VERSIONS) tx.delete(toolKeys.toolVersion(id, version - KEPT_VERSIONS));
}

/** Upper bound of a tool's bytes in the store; V8 takes one or two bytes per UTF-16 unit. */
function storedBytes(tool: Tool): number {
  const texts = toolTexts(tool);
  const wide = (text: string) => /[^\0-\xff]/.test(text);
  return texts.reduce((sum, text) => sum + 10 + text.length * (wide(text) ? 2 : 1), 800);
}

/** Upper bound of the bytes that a tool's change writes: the tool, and its versions. */
export function changeBytes(tool: Tool, before: Tool | undefined): number {
  return 2 * storedBytes(tool) + (before === undefined ? 0 : storedBytes(before));
}

/**
 * The first ids that fit into one change together, one at least.
 * @param others bytes of other records in the same commit
 */
export function fitting(
  ids: readonly string[],
  bytesOf: (id: string) => number,
  others = 0,
): string[] {
  let bytes = others;
  const first = ids.slice(0, MOST_TOOLS);
  const end = first.findIndex((id, i) => (bytes += bytesOf(id)) > MOST_BYTES && i > 0);
  return end === -1 ? first : first.slice(0, end);
}

function changedMeanwhile(): AppError {
  return new AppError(
    "conflict",
    { code: "tools.changed" },
  );
}

function tooMuch(): AppError {
  return new AppError(
    "too_large",
    { code: "tools.too_much" },
  );
}
