import { AppError, causeOf } from "../platform/errors.ts";
import type { Log } from "../platform/log.ts";
import { Rounds } from "../platform/rounds.ts";
import { freeId } from "./rules/tool_names.ts";
import type { BinnedTool } from "./records.ts";
import type { ToolRepository } from "./tool_repository.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tools } from "./stored_tools.ts";

interface Needs {
  store: { tools: Tools };
  clock: Clock;
  log: Log;
}

const ROUND_MS = 60 * 60_000;

/** Deleted tools, restorable for 30 days. */
export class ToolBin {
  /** They delete what is left of tools that cannot be restored any more. */
  readonly rounds: Rounds;

  constructor(private readonly deps: Needs, private readonly repository: ToolRepository) {
    const { store, log } = deps;
    this.rounds = new Rounds({
      everyMs: ROUND_MS,
      work: () => store.tools.forgetVersions(),
      failed: (error) =>
        log("warn", "Cannot delete what is left of tools", { error: causeOf(error) }),
    });
  }

  list(): Promise<BinnedTool[]> {
    return this.deps.store.tools.bin(this.deps.clock());
  }

  /**
   * Restores a tool unchanged at its old place.
   * Returns its id, a new one if a newer tool has taken it.
   * @throws {AppError} `missing`
   */
  async takeBack(who: string, id: string, at: number | null): Promise<string> {
    const binned = await this.find(id, at);
    const back = await this.repository.change(who, (tools) => {
      const { tool } = binned;
      const own = freeId(id, new Set(tools.map((each) => each.id)));
      return {
        put: [{ ...tool, id: own }],
        unbin: [binned],
        how: { code: "unbinned" },
        action: "tool.restore",
        thing: `tool:${own}`,
        after: tool,
        result: own,
      };
    });
    return back ?? id;
  }

  /** Deletes a tool for good before its 30 days are over. */
  async discard(who: string, id: string, at: number): Promise<void> {
    const binned = await this.find(id, at);
    await this.repository.change(who, () => ({
      unbin: [binned],
      how: { code: "discarded" },
      action: "tool.discard",
      thing: `tool:${id}`,
      before: binned.tool,
      result: null,
    }));
    await this.deps.store.tools.forgetVersions();
  }

  private async find(id: string, at: number | null): Promise<BinnedTool> {
    const binned = (await this.list()).find((each) =>
      each.tool.id === id && (at === null || each.at === at)
    );
    if (binned) return binned;
    throw new AppError("missing", { code: "tool.not_in_bin" });
  }
}
