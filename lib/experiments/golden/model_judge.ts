import type { Clock } from "../../platform/clock.ts";
import type { PaidReplies, WantedReply } from "./paid_reply.ts";
import {
  GOLDEN_LIMITS,
  type GoldenExample,
  goldenKeys,
  type GoldenRun,
  type Judgement,
  MODEL_JUDGE,
} from "./records.ts";
import { agreedPick, JUDGE_TOKENS, judgePrompt, readJudgement } from "./rules/judge_prompt.ts";
import { partGuard } from "./run_parts.ts";

/** A model that compares two replies by what a good answer has; it reads them in both orders. */
export class ModelJudge {
  constructor(private readonly clock: Clock, private readonly replies: PaidReplies) {}

  /**
   * Compares the replies to an example, and stores the judgement; an answer that cannot be read
   * judges nothing, and a failed one is asked for again when the run goes on.
   * @throws {AppError} `over_budget`
   * @throws {PartUnwanted}
   */
  async compare(
    run: Pick<GoldenRun, "id" | "tool" | "making" | "judge">,
    example: GoldenExample,
    { a, b, tool }: { a: string; b: string; tool: WantedReply["tool"] },
    signal: AbortSignal,
  ): Promise<void> {
    const { judge } = run;
    if (judge === null) return;
    const guard = partGuard(run, example.id);
    const asking = (first: string, second: string) =>
      judgeRequest(tool, judge, { ...example, first, second });
    const part = { run: run.id, guard, write: () => {} };
    const straight = await this.replies.ask(asking(a, b), part, signal);
    if (straight.failed || signal.aborted) return;
    const key = goldenKeys.judgement(run.id, example.id, MODEL_JUDGE);
    await this.replies.ask(asking(b, a), {
      ...part,
      write: (tx, exchanged) => {
        if (exchanged.failed) return;
        tx.set(key, {
          ...verdictOf(straight.text, exchanged.text),
          at: this.clock(),
          usd: straight.usd + exchanged.usd,
        });
      },
    }, signal);
  }
}

/** The verdict of two answers with the replies exchanged. */
function verdictOf(straight: string, exchanged: string): Pick<Judgement, "pick" | "why"> {
  const one = readJudgement(straight, GOLDEN_LIMITS.reason);
  const two = readJudgement(exchanged, GOLDEN_LIMITS.reason);
  return one === null || two === null ? { pick: "skipped", why: "" } : agreedPick(one, two);
}

/** A judge's request; also for its price. */
export function judgeRequest(
  tool: WantedReply["tool"],
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
