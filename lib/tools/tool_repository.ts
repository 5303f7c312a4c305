import type { HistoryParams } from "../locales/admin/tools.ts";
import type { Coded } from "../locales/coded.ts";
import { AppError } from "../platform/errors.ts";
import { type Tool, toolTexts } from "./rules/tool.ts";
import { audit, AUDIT_WEIGHT } from "../audit/log.ts";
import { type BinnedTool, toolKeys, type ToolVersion } from "./records.ts";
import type { Tx } from "../store/transactions.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tools } from "./stored_tools.ts";

interface Needs {
  store: { tools: Tools };
  clock: Clock;
}

/** States of a tool that are kept. */
export const KEPT_VERSIONS = 50;
/** The most that one change may write: Deno KV takes 800 KiB at once. */
const MOST_BYTES = 740_000;
const MAX_TRIES = 20;

/** What shall become of the tools; decided on all of them as they stand. */
export interface ToolChange<T> {
  /** New and changed ones; each gets a version of its own. */
  put?: readonly Tool[];
  /** Those of which nothing but the place changed. */
  moved?: readonly Tool[];
  /** Those that go into the bin. */
  remove?: readonly Tool[];
  /** What leaves the bin. */
  unbin?: readonly BinnedTool[];
  /** What was done, for the history of each tool that is put. */
  how: Coded<HistoryParams>;
  /** `tool.change` and the like, and what it was done to. */
  action: string;
  thing: string;
  before?: unknown;
  after?: unknown;
  result: T;
}

/** Changes tools together with their history, the bin and the audit log: all in one commit, or nothing. */
export class ToolRepository {
  constructor(private readonly deps: Needs) {}

  /**
   * Decides on the tools as they are and carries it out, again if others changed
   * them meanwhile. `decide` may throw, and returns null when there is nothing to do.
   * @param seen the tools' version that somebody decided on; with null they are taken as they are
   * @throws {AppError} `conflict` when they are not as seen, `too_large` when it
   *   is more than one commit holds.
   */
  async change<T>(
    who: string,
    decide: (tools: readonly Tool[]) => ToolChange<T> | null,
    seen: string | null = null,
  ): Promise<T | null> {
    const { store, clock } = this.deps;
    for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
      const { version, tools } = await store.tools.snapshot();
      if (seen !== null && (version ?? "") !== seen) throw changedMeanwhile();
      const change = decide(tools);
      if (change === null) return null;
      const at = clock();
      const { put, states } = await this.numbered(change, tools, { at, by: who });
      const { moved = [], remove = [], unbin = [] } = change;
      const written = [...put, ...moved, ...remove, ...states.map(({ tool }) => tool)];
      const weight = written.reduce((sum, tool) => sum + storedBytes(tool), 0);
      if (weight > MOST_BYTES) throw tooMuch();
      const done = await store.tools.change(version, (tx) => {
        for (const tool of [...put, ...moved]) tx.set(toolKeys.tool(tool.id), tool);
        for (const state of states) keep(tx, state);
        for (const tool of remove) {
          tx.delete(toolKeys.tool(tool.id));
          tx.set(toolKeys.toolBin(tool.id, at), { tool, at, by: who });
        }
        for (const { tool, at } of unbin) tx.delete(toolKeys.toolBin(tool.id, at));
        const { action, thing, before = null, after = null } = change;
        audit(tx, { at, who, action, thing, before, after });
      }, weight + AUDIT_WEIGHT);
      if (done) return change.result;
    }
    throw new AppError("conflict", { code: "tools.busy" });
  }

  /** The tools to put with their version numbers, and the states to keep in their histories. */
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
      // What was there before the first change is a state too, though nobody made it.
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

/** What a tool takes in the store, at most: V8 writes a text in one byte a unit, or in two. */
function storedBytes(tool: Tool): number {
  const texts = toolTexts(tool);
  const wide = (text: string) => /[^\0-\xff]/.test(text);
  return texts.reduce((sum, text) => sum + 10 + text.length * (wide(text) ? 2 : 1), 800);
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
