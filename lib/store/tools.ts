import type { Tool } from "../domain/tool.ts";
import type { Kv } from "./kv.ts";
import { keys } from "./keys.ts";
import type { Transactions } from "./transactions.ts";

/** How long the tools in memory may be older than the store's, in milliseconds. */
const FRESH_MS = 1_000;

/** The organisation's tools, kept in memory and checked against a version key. */
export class Tools {
  private all = new Map<string, Tool>();
  private version: string | null = null;
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

  /** Stores a tool as it is, new or changed. */
  async put(tool: Tool): Promise<void> {
    await this.transactions.run([keys.tools()], (tx) => {
      tx.set(keys.tool(tool.id), tool);
      tx.set(keys.tools(), crypto.randomUUID());
    }, 60_000);
    this.checkedAt = -Infinity;
  }

  /** Stores the default tools, once in the life of a store. Says whether it did. */
  seed(tools: readonly Tool[]): Promise<boolean> {
    return this.transactions.run([keys.tools()], (tx) => {
      if (tx.get(keys.tools()) !== null) return false;
      for (const tool of tools) tx.set(keys.tool(tool.id), tool);
      tx.set(keys.tools(), crypto.randomUUID());
      return true;
    }, 200_000);
  }

  private refresh(): Promise<void> {
    if (performance.now() - this.checkedAt < FRESH_MS) return Promise.resolve();
    this.checking ??= this.load().finally(() => this.checking = null);
    return this.checking;
  }

  private async load(): Promise<void> {
    const { value: version } = await this.kv.get(keys.tools());
    if (version !== this.version || version === null) {
      const rows = await this.kv.list({ prefix: ["tool"] }, (path) => keys.tool(String(path[1])));
      const tools = rows.map((row) => row.value);
      tools.sort((a, b) => a.order - b.order || a.name.localeCompare(b.name));
      this.all = new Map(tools.map((tool) => [tool.id, tool]));
      this.version = version;
    }
    this.checkedAt = performance.now();
  }
}
