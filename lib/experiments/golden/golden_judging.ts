import type { Clock } from "../../platform/clock.ts";
import { AppError } from "../../platform/errors.ts";
import { renderMarkdown } from "../../markdown/markdown.ts";
import type { GoldenPairView } from "../../shared/views/golden_view.ts";
import type { Transactions } from "../../store/transactions.ts";
import type { Tools } from "../../tools/stored_tools.ts";
import { type GoldenExample, goldenKeys, type GoldenRun, type Judgement } from "./records.ts";
import { blindOrder } from "./rules/blind_order.ts";
import { knownReplies } from "./run_parts.ts";
import type { StoredGolden } from "./stored_golden.ts";

interface Needs {
  store: { golden: StoredGolden; tools: Tools; transactions: Transactions };
  clock: Clock;
}

/** A pair that can be judged: both replies are there. */
interface Pair {
  example: GoldenExample;
  a: string;
  b: string;
  /** The admin's own judgement, if any. */
  own: Judgement | null;
}

/** Blind judging of a run's pairs by admins. */
export class GoldenJudging {
  constructor(private readonly deps: Needs) {}

  /**
   * A pair for an admin: the given example's, or the next one that they have not judged; skipped
   * ones come last. Null when all are judged.
   */
  async pair(who: string, run: GoldenRun, example?: string): Promise<GoldenPairView | null> {
    const pairs = await this.pairs(who, run);
    const open = [
      ...pairs.filter(({ own }) => own === null),
      ...pairs.filter(({ own }) => own?.pick === "skipped"),
    ];
    const chosen = example === undefined
      ? open[0]
      : pairs.find((pair) => pair.example.id === example);
    if (!chosen) return null;
    const { id, question, expects, earlier } = chosen.example;
    const { left, right } = blindOrder(run.id, id, who);
    const judged = pairs.filter(({ own }) => own !== null && own.pick !== "skipped").length;
    return {
      run: run.id,
      example: id,
      tool: (await this.deps.store.tools.get(run.tool))?.name ?? run.tool,
      place: Math.min(judged + 1, pairs.length),
      total: pairs.length,
      judged,
      question,
      expects,
      earlier,
      left: renderMarkdown(chosen[left]),
      right: renderMarkdown(chosen[right]),
      canUndo: pairs.some(({ own }) => own !== null),
    };
  }

  /**
   * Stores an admin's judgement of a pair.
   * @throws {AppError} `missing` when the run has no such pair
   */
  async judge(
    who: string,
    run: GoldenRun,
    example: string,
    pick: "left" | "same" | "right" | "skipped",
  ): Promise<void> {
    const pairs = await this.pairs(who, run);
    if (!pairs.some((pair) => pair.example.id === example)) throw gone();
    const order = blindOrder(run.id, example, who);
    const judgement: Judgement = {
      pick: pick === "left" || pick === "right" ? order[pick] : pick,
      why: "",
      at: this.deps.clock(),
      usd: 0n,
    };
    const keys = [goldenKeys.run(run.tool, run.id), goldenKeys.example(run.tool, example)] as const;
    await this.deps.store.transactions.run(keys, (tx) => {
      const [now, judged] = [tx.get(keys[0]), tx.get(keys[1])];
      if (now === null || now.state === "dropped" || judged === null) throw gone();
      tx.set(goldenKeys.judgement(run.id, example, who), judgement);
    });
  }

  /** Takes back an admin's last judgement. Returns its example. */
  async undo(who: string, run: GoldenRun): Promise<string | null> {
    const own = (await this.deps.store.golden.judgements(run.id)).filter(({ judge }) =>
      judge === who
    );
    const last = own.sort((x, y) => y.at - x.at)[0];
    if (!last) return null;
    await this.deps.store.transactions.run([], (tx) => {
      tx.delete(goldenKeys.judgement(run.id, last.example, who));
    });
    return last.example;
  }

  private async pairs(who: string, run: GoldenRun): Promise<Pair[]> {
    const { golden } = this.deps.store;
    const [examples, parts] = await Promise.all([golden.examples(run.tool), golden.parts(run.id)]);
    return examples.flatMap((example) => {
      const { a, b } = knownReplies(parts, example.id);
      if (a === null || b === null) return [];
      const own = parts.judgements.find((each) =>
        each.example === example.id && each.judge === who
      );
      return [{ example, a, b, own: own ?? null }];
    });
  }
}

function gone(): AppError {
  return new AppError("missing", { code: "golden.gone" });
}
