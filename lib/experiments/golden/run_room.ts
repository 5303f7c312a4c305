import type { HoldDeps } from "../../metering/calls/hold_call.ts";
import { shortageFor } from "../../metering/calls/room.ts";
import { AppError } from "../../platform/errors.ts";
import type { NanoUsd } from "../../shared/money.ts";
import type { Side } from "../../shared/views/golden_view.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import { wantedReply } from "./golden_sides.ts";
import { judgeRequest } from "./model_judge.ts";
import { GOLDEN_PLACE, type PaidReplies, type WantedReply } from "./paid_reply.ts";
import type { GoldenExample } from "./records.ts";
import type { LackingParts } from "./run_parts.ts";

/** Tokens of a typical reply, and of a judge's answer, for prices shown before. */
const TYPICAL = { reply: 300, judgement: 60 };

/** A request with the tokens of its typical answer. */
interface TypicalCall {
  request: WantedReply;
  tokens: number;
}

/** Typical costs of runs, and whether the budgets have room for them. */
export class RunRoom {
  constructor(
    private readonly deps: HoldDeps,
    private readonly replies: Pick<PaidReplies, "typicalCost" | "assertPriced">,
  ) {}

  /** Typical cost of each side's replies to the examples; null without a price. */
  priceOf(
    examples: readonly GoldenExample[],
    sides: readonly Tool[],
    judge: string | null,
  ): NanoUsd | null {
    return this.sumOf(examples.flatMap((example) => callsFor(example, sides, judge)));
  }

  /**
   * The refusal of a run whose typical cost has no room now in a budget; null when it has.
   * @throws {AppError} `unavailable` for a model without a price
   */
  async refusal(
    tool: Tool,
    lacking: readonly LackingParts[],
    sides: Record<Side, Tool>,
    judge: string | null,
  ): Promise<AppError | null> {
    const calls = lacking.flatMap(({ example, sides: open, judgement }) =>
      callsFor(example, open.map((side) => sides[side]), judgement ? judge : null, sides.a)
    );
    for (const model of new Set(calls.map(({ request }) => request.model))) {
      this.replies.assertPriced(model);
    }
    const cost = this.sumOf(calls) ?? 0n;
    const { id, ceiling } = tool;
    const short = await shortageFor(this.deps, { ...GOLDEN_PLACE, tool: id, ceiling }, cost);
    if (short === null) return null;
    const { window, left } = short;
    const scope = short.scope === "tool" ? "tool" : "organisation";
    return new AppError("over_budget", {
      code: "golden.no_room",
      scope,
      window,
      cost: String(cost),
      left: String(left),
    });
  }

  private sumOf(calls: readonly TypicalCall[]): NanoUsd | null {
    let sum = 0n;
    for (const { request, tokens } of calls) {
      const cost = this.replies.typicalCost(request, tokens);
      if (cost === null) return null;
      sum += cost;
    }
    return sum;
  }
}

/** An example's calls: a reply of each side, and both looks of a judge. */
function callsFor(
  example: GoldenExample,
  sides: readonly Tool[],
  judge: string | null,
  judged = sides[0],
): TypicalCall[] {
  const calls = sides.map((tool) => ({
    request: wantedReply(tool, example),
    tokens: TYPICAL.reply,
  }));
  if (judge === null || judged === undefined) return calls;
  const reply = "x".repeat(4 * TYPICAL.reply);
  const request = judgeRequest(judged, judge, { ...example, first: reply, second: reply });
  const look = { request, tokens: TYPICAL.judgement };
  return [...calls, look, look];
}
