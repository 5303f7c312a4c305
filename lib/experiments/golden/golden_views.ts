import type {
  Comparison,
  GoldenExampleView,
  GoldenRowView,
  GoldenRunView,
  Side,
} from "../../shared/views/golden_view.ts";
import { type GoldenExample, type GoldenRun, MODEL_JUDGE, type RunCost } from "./records.ts";
import { comparisonOf, summaryOf } from "./rules/comparisons.ts";
import { lackingParts } from "./run_parts.ts";
import type { JudgementRow, ReplyRow, RunParts } from "./stored_golden.ts";

export interface ShownRun {
  run: GoldenRun;
  toolName: string;
  /** Whether a process makes it. */
  underWay: boolean;
  examples: readonly GoldenExample[];
  parts: RunParts;
  /** Null in runs of before this record. */
  cost: RunCost | null;
}

/** A run as its page shows it; examples that were removed since are left out. */
export function runView(
  { run, toolName, underWay, examples, parts, cost }: ShownRun,
): GoldenRunView {
  const { replies, judgements } = parts;
  const own = examples.filter(({ id }) => run.examples.includes(id));
  const rows = own.map((example) => rowOf(example, replies, judgements));
  const people = judgements.filter(({ judge, pick }) =>
    judge !== MODEL_JUDGE && pick !== "skipped"
  );
  const known = () => [...replies, ...judgements].reduce((sum, each) => sum + each.usd, 0n);
  return {
    id: run.id,
    tool: { id: run.tool, name: toolName },
    at: run.at,
    by: run.by,
    sides: run.sides,
    state: stateOf(run, underWay),
    stop: toldStop(run.stop),
    lacking: lackingParts(run, examples, parts).length,
    made: rows.reduce((sum, { failed }) => sum + made(failed.a) + made(failed.b), 0),
    total: 2 * rows.length,
    failed: rows.reduce((sum, { failed }) => sum + Number(failed.a) + Number(failed.b), 0),
    spent: cost?.usd ?? known(),
    lost: cost?.lost ?? 0n,
    judgeModel: run.judge,
    judges: [...new Set(people.map(({ judge }) => judge))],
    summary: summaryOf(rows.map(({ comparison }) => comparison)),
    rows,
  };
}

/** A stop that its page gives a reason for. */
function toldStop(stop: GoldenRun["stop"]): GoldenRunView["stop"] {
  return stop === null || stop.code === "asked" || stop.code === "closed" ? null : stop;
}

function stateOf({ state, stop }: GoldenRun, underWay: boolean): GoldenRunView["state"] {
  if (state === "running") return underWay ? "running" : "interrupted";
  if (state === "done") return state;
  // A process that ends in order stops its runs.
  return stop?.code === "closed" ? "interrupted" : "stopped";
}

const made = (failed: boolean | null) => Number(failed !== null);

function rowOf(
  { id, question }: GoldenExample,
  replies: readonly ReplyRow[],
  judgements: readonly JudgementRow[],
): GoldenRowView {
  const failedOn = (side: Side) =>
    replies.find((each) => each.example === id && each.side === side)?.failed ?? null;
  const judged = judgements.filter(({ example, pick }) => example === id && pick !== "skipped");
  const people = judged.filter(({ judge }) => judge !== MODEL_JUDGE);
  // People's own judgements stand in place of the model's.
  const counted = people.length > 0 ? people : judged;
  return {
    example: id,
    question,
    comparison: comparisonOf(counted.map(({ pick }) => pick)),
    judges: people.map(({ judge }) => judge),
    byModel: people.length === 0 && judged.length > 0,
    why: people.length === 0 ? judged[0]?.why ?? "" : "",
    failed: { a: failedOn("a"), b: failedOn("b") },
  };
}

/** An example with its result in the tool's last run. */
export function exampleView(
  { id, question, expects, earlier, from }: GoldenExample,
  last: GoldenRunView | null,
): GoldenExampleView {
  const row = last?.rows.find(({ example }) => example === id);
  const comparison: Comparison | null = row?.comparison ?? null;
  return {
    id,
    question,
    expects,
    earlier,
    taken: from !== null,
    last: last === null || !row || comparison === null
      ? null
      : { comparison, judges: row.judges, byModel: row.byModel, at: last.at },
  };
}
