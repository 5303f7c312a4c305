import type { Side } from "../../shared/views/golden_view.ts";
import type { Key } from "../../store/key.ts";
import type { Kv } from "../../store/kv.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import {
  type GoldenExample,
  goldenKeys,
  type GoldenReply,
  type GoldenRun,
  type Judgement,
  type RunCost,
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

/** A run's parts. */
export interface RunParts {
  replies: ReplyRow[];
  judgements: JudgementRow[];
}

/** Reads golden conversations from the store. */
export class StoredGolden {
  constructor(private readonly kv: Kv) {}

  /** A tool's examples, oldest first. */
  async examples(tool: string): Promise<GoldenExample[]> {
    return (await this.examplesByTool(tool)).get(tool) ?? [];
  }

  /** The examples of all tools, or of one, by tool. */
  async examplesByTool(tool?: string): Promise<Map<string, GoldenExample[]>> {
    const rows = await this.kv.list(
      { prefix: tool === undefined ? ["golden"] : ["golden", tool] },
      (path) => goldenKeys.example(String(path[1]), String(path[2])),
    );
    const byTool = Map.groupBy(rows, ({ path }) => String(path[1]));
    return new Map([...byTool].map(([id, of]) => [id, of.map(({ value }) => value).sort(inOrder)]));
  }

  async example(tool: string, id: string): Promise<GoldenExample | null> {
    return (await this.kv.get(goldenKeys.example(tool, id))).value;
  }

  /** A tool's runs, newest first. */
  async runs(tool: string, limit?: number): Promise<GoldenRun[]> {
    const all = await this.storedRuns(tool, limit);
    return all.filter(({ state }) => state !== "dropped");
  }

  /** Also runs that are being deleted; of all tools when omitted. */
  async storedRuns(tool?: string, limit?: number): Promise<GoldenRun[]> {
    const rows = await this.kv.list(
      { prefix: tool === undefined ? ["golden_run"] : ["golden_run", tool] },
      (path) => goldenKeys.run(String(path[1]), String(path[2])),
      { ...(limit === undefined ? {} : { limit }), reverse: true },
    );
    return rows.map(({ value }) => value);
  }

  /** Null when it is deleted. */
  async run(id: string): Promise<GoldenRun | null> {
    const { value } = await this.kv.get(goldenKeys.run(toolOfRun(id), id));
    return value?.state === "dropped" ? null : value;
  }

  /** Null in runs of before this record. */
  async cost(run: string): Promise<RunCost | null> {
    return (await this.kv.get(goldenKeys.cost(run))).value;
  }

  /** The tool that a side of a run is. */
  async side(run: string, side: Side): Promise<Tool | null> {
    return (await this.kv.get(goldenKeys.side(run, side))).value;
  }

  async parts(run: string): Promise<RunParts> {
    const [replies, judgements] = await Promise.all([this.replies(run), this.judgements(run)]);
    return { replies, judgements };
  }

  async replies(run: string): Promise<ReplyRow[]> {
    const rows = await this.replyRows(["golden_reply", run]);
    return rows.map(({ path, value }) => ({
      ...value,
      example: String(path[2]),
      side: path[3] === "a" ? "a" : "b",
    }));
  }

  async judgements(run: string): Promise<JudgementRow[]> {
    const rows = await this.judgementRows(["golden_judgement", run]);
    return rows.map(({ path, value }) => ({
      ...value,
      example: String(path[2]),
      judge: String(path[3]),
    }));
  }

  /** Keys of a run's replies and judgements, or of one example's. */
  async partKeys(run: string, example?: string): Promise<Key<unknown>[]> {
    const of = example === undefined ? [run] : [run, example];
    const [replies, judgements] = await Promise.all([
      this.replyRows(["golden_reply", ...of]),
      this.judgementRows(["golden_judgement", ...of]),
    ]);
    return [
      ...replies.map(({ path }) => replyKey(path)),
      ...judgements.map(({ path }) => judgementKey(path)),
    ];
  }

  /** Examples that were taken from a conversation. */
  async taken(conversation: string): Promise<{ tool: string; id: string }[]> {
    const rows = await this.kv.list(
      { prefix: ["golden_taken", conversation] },
      (path) => goldenKeys.taken(conversation, String(path[2]), String(path[3])),
    );
    return rows.map(({ path }) => ({ tool: String(path[2]), id: String(path[3]) }));
  }

  private replyRows(prefix: Deno.KvKey) {
    return this.kv.list({ prefix }, replyKey);
  }

  private judgementRows(prefix: Deno.KvKey) {
    return this.kv.list({ prefix }, judgementKey);
  }
}

const replyKey = (path: Deno.KvKey) =>
  goldenKeys.reply(String(path[1]), String(path[2]), String(path[3]));
const judgementKey = (path: Deno.KvKey) =>
  goldenKeys.judgement(String(path[1]), String(path[2]), String(path[3]));

function inOrder(a: GoldenExample, b: GoldenExample): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1);
}
