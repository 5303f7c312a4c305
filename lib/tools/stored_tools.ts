import { AppError } from "../platform/errors.ts";
import type { Tool } from "./rules/tool.ts";
import type { Generation } from "../store/generations.ts";
import type { Kv } from "../store/kv.ts";
import { BIN_DAYS, type BinnedTool, toolKeys, type ToolVersion } from "./records.ts";
import type { Transactions, Tx, WritePart } from "../store/transactions.ts";

/** Longest time without a check of the store's version, in milliseconds. */
const FRESH_MS = 1_000;
const BIN_MS = BIN_DAYS * 24 * 60 * 60_000;

/**
 * The tool of an id among some.
 * @throws {AppError} `missing`
 */
export function toolIn(tools: readonly Tool[], id: string): Tool {
  const tool = tools.find((each) => each.id === id);
  if (tool) return tool;
  throw new AppError("missing", { code: "tool.binned" });
}

/** A consistent snapshot of all tools; `version` changes with any of them. */
export interface ToolsSnapshot {
  version: string | null;
  tools: readonly Tool[];
}

/** The tools, cached in memory and validated by a version key. */
export class Tools {
  private all = new Map<string, Tool>();
  private version: string | null = null;
  private generation: Generation | null = null;
  private checkedAt = -Infinity;
  /** Counts this process's changes. */
  private changes = 0;
  private checking: Promise<void> | null = null;

  constructor(private readonly kv: Kv, private readonly transactions: Transactions) {}

  async get(id: string): Promise<Tool | null> {
    await this.refresh();
    return this.all.get(id) ?? null;
  }

  /** @throws {AppError} `missing` */
  async find(id: string): Promise<Tool> {
    return toolIn(await this.list(), id);
  }

  /** All tools in their order. */
  async list(): Promise<Tool[]> {
    await this.refresh();
    return [...this.all.values()];
  }

  /** The tools as they were read last, in their order. */
  get known(): readonly Tool[] {
    return [...this.all.values()];
  }

  /** The tools read from the store. */
  async snapshot(): Promise<ToolsSnapshot> {
    this.outdate();
    await this.refresh();
    return { version: this.version, tools: [...this.all.values()] };
  }

  /**
   * Changes tools unless any changed since a snapshot; false if one did, without a write.
   * Versions and bin read in between are then valid too: they change only with the tools' version.
   * @param also other records of the same commit, which may be outdated as well
   */
  async change(
    seen: string | null,
    write: (tx: Tx) => void,
    weight: number,
    also: WritePart | null = null,
  ): Promise<boolean> {
    const reads = [toolKeys.tools(), ...also?.reads ?? []];
    const changed = await this.transactions.run(reads, (tx) => {
      if (tx.get(toolKeys.tools()) !== seen) return false;
      if (also && !also.write(tx)) return false;
      write(tx);
      tx.set(toolKeys.tools(), crypto.randomUUID());
      return true;
    }, weight + (also?.weight ?? 0));
    this.outdate();
    return changed;
  }

  /** Versions of a tool, newest first. */
  async versions(id: string, limit = 100): Promise<ToolVersion[]> {
    const rows = await this.kv.list(
      { prefix: ["tool_version", id] },
      (path) => toolKeys.toolVersion(String(path[1]), Number(path[2])),
      { limit, reverse: true },
    );
    return rows.map(({ value }) => value);
  }

  /** One version of a tool; null if it is no longer stored. */
  async versionOf(id: string, number: number): Promise<ToolVersion | null> {
    return (await this.kv.get(toolKeys.toolVersion(id, number))).value;
  }

  /** Restorable tools, newest first. */
  async bin(now: number): Promise<BinnedTool[]> {
    const rows = await this.kv.list(
      { prefix: ["tool_bin"] },
      (path) => toolKeys.toolBin(String(path[1]), Number(path[2])),
    );
    return rows.map(({ value }) => value).filter(({ at }) => at + BIN_MS > now)
      .sort((a, b) => b.at - a.at);
  }

  /** Ids that no new tool gets: of the bin, and of tools that were deleted for good. */
  async deletedIds(now: number): Promise<string[]> {
    const [marks, bin] = await Promise.all([this.deletedMarks(), this.bin(now)]);
    return [...marks.map(({ id }) => id), ...bin.map(({ tool }) => tool.id)];
  }

  /**
   * Deletes the versions of tools that cannot be restored any more. What is left half done is
   * finished by the next call.
   */
  async forgetVersions(): Promise<void> {
    const marks = (await this.deletedMarks()).filter(({ versions }) => versions);
    if (marks.length === 0) return;
    const { version, tools } = await this.snapshot();
    // An entry counts until it is deleted, whatever the clock says.
    const bin = await this.bin(-Infinity);
    const kept = new Set([...tools, ...bin.map(({ tool }) => tool)].map(({ id }) => id));
    for (const { id } of marks.filter(({ id }) => !kept.has(id))) {
      const rows = await this.versions(id);
      await this.transactions.run([toolKeys.tools()], (tx) => {
        // A file may have brought it back.
        if (tx.get(toolKeys.tools()) !== version) return;
        for (const { tool } of rows) tx.delete(toolKeys.toolVersion(id, tool.version));
        tx.set(toolKeys.deleted(id), false);
      }, 20_000);
    }
  }

  private async deletedMarks(): Promise<{ id: string; versions: boolean }[]> {
    const rows = await this.kv.list(
      { prefix: ["tool_deleted"] },
      (path) => toolKeys.deleted(String(path[1])),
    );
    return rows.map(({ path, value }) => ({ id: String(path[1]), versions: value }));
  }

  async put(tool: Tool): Promise<void> {
    await this.transactions.run([toolKeys.tools()], (tx) => {
      tx.set(toolKeys.tool(tool.id), tool);
      tx.set(toolKeys.tools(), crypto.randomUUID());
    }, 60_000);
    this.outdate();
  }

  /** Stores the default tools once per store. Returns whether it did. */
  seed(tools: readonly Tool[]): Promise<boolean> {
    return this.transactions.run([toolKeys.tools()], (tx) => {
      if (tx.get(toolKeys.tools()) !== null) return false;
      for (const tool of tools) tx.set(toolKeys.tool(tool.id), tool);
      tx.set(toolKeys.tools(), crypto.randomUUID());
      return true;
    }, 200_000);
  }

  /** The copy may be old, and so may what a check under way reads. */
  private outdate(): void {
    this.changes++;
    this.checkedAt = -Infinity;
  }

  private refresh(): Promise<void> {
    return this.isFresh() ? Promise.resolve() : this.check();
  }

  private async check(): Promise<void> {
    while (!this.isFresh()) {
      this.checking ??= this.load().finally(() => this.checking = null);
      await this.checking;
    }
  }

  private isFresh(): boolean {
    return performance.now() - this.checkedAt < FRESH_MS;
  }

  private async load(): Promise<void> {
    const { changes } = this;
    const { value: version } = await this.kv.get(toolKeys.tools());
    const { generation } = this.kv;
    if (version !== this.version || version === null || generation !== this.generation) {
      const rows = await this.kv.list(
        { prefix: ["tool"] },
        (path) => toolKeys.tool(String(path[1])),
      );
      const tools = rows.map((row) => row.value);
      tools.sort((a, b) => a.order - b.order || a.name.localeCompare(b.name));
      this.all = new Map(tools.map((tool) => [tool.id, tool]));
      this.version = version;
      this.generation = generation;
    }
    if (changes === this.changes) this.checkedAt = performance.now();
  }
}
