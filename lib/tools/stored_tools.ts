import type { Tool } from "./rules/tool.ts";
import type { Generation } from "../store/generations.ts";
import type { Kv } from "../store/kv.ts";
import { BIN_DAYS, type BinnedTool, toolKeys, type ToolVersion } from "./records.ts";
import type { Transactions, Tx, WritePart } from "../store/transactions.ts";

/** Longest time without a check of the store's version, in milliseconds. */
const FRESH_MS = 1_000;
const BIN_MS = BIN_DAYS * 24 * 60 * 60_000;

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
  private checking: Promise<void> | null = null;

  constructor(private readonly kv: Kv, private readonly transactions: Transactions) {}

  async get(id: string): Promise<Tool | null> {
    await this.refresh();
    return this.all.get(id) ?? null;
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
    this.checkedAt = -Infinity;
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
    this.checkedAt = -Infinity;
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

  async put(tool: Tool): Promise<void> {
    await this.transactions.run([toolKeys.tools()], (tx) => {
      tx.set(toolKeys.tool(tool.id), tool);
      tx.set(toolKeys.tools(), crypto.randomUUID());
    }, 60_000);
    this.checkedAt = -Infinity;
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

  private refresh(): Promise<void> {
    if (performance.now() - this.checkedAt < FRESH_MS) return Promise.resolve();
    this.checking ??= this.load().finally(() => this.checking = null);
    return this.checking;
  }

  private async load(): Promise<void> {
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
    this.checkedAt = performance.now();
  }
}
