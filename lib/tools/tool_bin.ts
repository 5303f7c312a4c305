import { AppError } from "../platform/errors.ts";
import { freeId } from "./rules/tool_names.ts";
import type { BinnedTool } from "./records.ts";
import type { Deps } from "../deps.ts";
import type { ToolBook } from "./tool_book.ts";

/** Deleted tools: for thirty days they can be taken back. */
export class ToolBin {
  constructor(private readonly deps: Deps, private readonly book: ToolBook) {}

  /** What can be taken back, the latest first. */
  list(): Promise<BinnedTool[]> {
    return this.deps.store.tools.bin(this.deps.clock());
  }

  /**
   * Takes a tool back to its old place, as it was. Returns its id: another one
   * if a new tool has its own by now.
   * @throws {AppError} `missing`
   */
  async takeBack(who: string, id: string, at: number | null): Promise<string> {
    const binned = await this.find(id, at);
    const back = await this.book.change(who, (tools) => {
      const { tool } = binned;
      const own = freeId(id, new Set(tools.map((each) => each.id)));
      return {
        put: [{ ...tool, id: own }],
        unbin: [binned],
        how: "taken out of the bin",
        action: "tool.restore",
        thing: `tool:${own}`,
        after: tool,
        result: own,
      };
    });
    return back ?? id;
  }

  /** Deletes a tool for good, before its thirty days are over. */
  async discard(who: string, id: string, at: number): Promise<void> {
    const binned = await this.find(id, at);
    await this.book.change(who, () => ({
      unbin: [binned],
      how: "discarded",
      action: "tool.discard",
      thing: `tool:${id}`,
      before: binned.tool,
      result: null,
    }));
  }

  private async find(id: string, at: number | null): Promise<BinnedTool> {
    const binned = (await this.list()).find((each) =>
      each.tool.id === id && (at === null || each.at === at)
    );
    if (binned) return binned;
    throw new AppError("missing", { code: "tool.not_in_bin" });
  }
}
