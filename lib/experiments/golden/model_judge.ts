import type { NanoUsd } from "../../shared/money.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Transactions } from "../../store/transactions.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import type { PaidReplies, WantedReply } from "./paid_reply.ts";
import {
  GOLDEN_LIMITS,
  type GoldenExample,
  goldenKeys,
  type GoldenRun,
  MODEL_JUDGE,
} from "./records.ts";
import {
  agreedPick,
  JUDGE_TOKENS,
  type JudgedPair,
  judgePrompt,
  readJudgement,
} from "./rules/judge_prompt.ts";

interface Needs {
  store: { transactions: Transactions };
  clock: Clock;
}

/** A model that compares two replies by what a good answer has; it reads them in both orders. */
export class ModelJudge {
  constructor(private readonly deps: Needs, private readonly replies: PaidReplies) {}

  /**
   * Compares the replies to an example, and stores the judgement; an answer that cannot be read
   * judges nothing.
   * @throws {AppError} `over_budget`
   */
  async compare(
    run: Pick<GoldenRun, "id" | "judge">,
    example: GoldenExample,
    { a, b, tool }: { a: string; b: string; tool: Pick<Tool, "id" | "ceiling"> },
    signal: AbortSignal,
  ): Promise<void> {
    if (run.judge === null) return;
    const looks: { read: JudgedPair | null; usd: NanoUsd }[] = [];
    for (const [first, second] of [[a, b], [b, a]] as const) {
      const wanted = judgeRequest(tool, run.judge, { ...example, first, second });
      const { text, usd } = await this.replies.ask(wanted, signal, () => {});
      looks.push({ read: readJudgement(text, GOLDEN_LIMITS.reason), usd });
    }
    const [straight, exchanged] = looks;
    const agreed = straight?.read && exchanged?.read
      ? agreedPick(straight.read, exchanged.read)
      : { pick: "skipped" as const, why: "" };
    const judgement = {
      ...agreed,
      at: this.deps.clock(),
      usd: looks.reduce((sum, { usd }) => sum + usd, 0n),
    };
    await this.deps.store.transactions.run([], (tx) => {
      tx.set(goldenKeys.judgement(run.id, example.id, MODEL_JUDGE), judgement);
    });
  }
}

/** A judge's request; also for its price. */
export function judgeRequest(
  tool: Pick<Tool, "id" | "ceiling">,
  model: string,
  pair: Parameters<typeof judgePrompt>[0],
): WantedReply {
  const { earlier, question, expects, first, second } = pair;
  return {
    tool,
    model,
    temperature: 0,
    effort: null,
    maxTokens: JUDGE_TOKENS,
    prompt: judgePrompt({ earlier, question, expects, first, second }),
  };
}
