import type { Side } from "../../shared/views/golden_view.ts";
import type { Kv } from "../../store/kv.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import {
  type GoldenExample,
  goldenKeys,
  type GoldenReply,
  type GoldenRun,
  type Judgement,
  toolOfRun,
} from "./records.ts";

export interface JudgementRow extends Judgement {
  example: string;
  judge: string;
}

export interface ReplyRow extends GoldenReply {
  example: string;
  side: Side;
}

/** Reads golden conversations from the store. */
export class StoredGolden {
  constructor(private readonly kv: Kv) {}

  /** A tool's examples, oldest first. */
  async examples(tool: string): Promise<GoldenExample[]> {
    const rows = await this.kv.list(
      { prefix: ["golden", tool] },
      (path) => goldenKeys.example(tool, String(path[2])),
    );
    return rows.map(({ value }) => value).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  /** Ids of all tools with examples or runs, deleted ones included. */
  async tools(): Promise<string[]> {
    const [examples, runs] = await Promise.all([
      this.kv.list(
        { prefix: ["golden"] },
        (path) => goldenKeys.example(String(path[1]), String(path[2])),
      ),
      this.kv.list(
        { prefix: ["golden_run"] },
        (path) => goldenKeys.run(String(path[1]), String(path[2])),
      ),
    ]);
    return [...new Set([...examples, ...runs].map(({ path }) => String(path[1])))];
  }

  async example(tool: string, id: string): Promise<GoldenExample | null> {
    return (await this.kv.get(goldenKeys.example(tool, id))).value;
  }

  /** A tool's runs, newest first. */
  async runs(tool: string, limit: number): Promise<GoldenRun[]> {
    const rows = await this.kv.list(
      { prefix: ["golden_run", tool] },
      (path) => goldenKeys.run(tool, String(path[2])),
      { limit, reverse: true },
    );
    return rows.map(({ value }) => value);
  }

  async run(id: string): Promise<GoldenRun | null> {
    return (await this.kv.get(goldenKeys.run(toolOfRun(id), id))).value;
  }

  /** The tool that a side of a run is. */
  async side(run: string, side: Side): Promise<Tool | null> {
    return (await this.kv.get(goldenKeys.side(run, side))).value;
  }

  async replies(run: string): Promise<ReplyRow[]> {
    const rows = await this.kv.list(
      { prefix: ["golden_reply", run] },
      (path) => goldenKeys.reply(run, String(path[2]), String(path[3])),
    );
    return rows.map(({ path, value }) => ({
      ...value,
      example: String(path[2]),
      side: path[3] === "a" ? "a" : "b",
    }));
  }

  async judgements(run: string): Promise<JudgementRow[]> {
    const rows = await this.kv.list(
      { prefix: ["golden_judgement", run] },
      (path) => goldenKeys.judgement(run, String(path[2]), String(path[3])),
    );
    return rows.map(({ path, value }) => ({
      ...value,
      example: String(path[2]),
      judge: String(path[3]),
    }));
  }

  /** Examples that were taken from a conversation. */
  async taken(conversation: string): Promise<{ tool: string; id: string }[]> {
    const rows = await this.kv.list(
      { prefix: ["golden_taken", conversation] },
      (path) => goldenKeys.taken(conversation, String(path[2]), String(path[3])),
    );
    return rows.map(({ path }) => ({ tool: String(path[2]), id: String(path[3]) }));
  }
}
