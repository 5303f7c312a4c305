import { ModelChoice } from "../../chat/turn/model_choice.ts";
import { attemptWith, modelNamed } from "../../llm/named_models.ts";
import type { ModelCatalogue } from "../../llm/catalogue.ts";
import type { Provider } from "../../llm/provider.ts";
import type { Effort } from "../../llm/rules/effort.ts";
import { worstCase } from "../../llm/rules/prices.ts";
import type { PromptMessage } from "../../llm/rules/prompt.ts";
import { estimatePromptTokens, promptTokenBound } from "../../llm/tokens.ts";
import { type HeardReply, hearReply } from "../../metering/calls/heard_reply.ts";
import type { AuxiliaryCall } from "../../metering/call_records.ts";
import type { PaidCalls } from "../../metering/calls/paid_calls.ts";
import { costOfReply, observedUsage } from "../../metering/calls/reply_cost.ts";
import type { Log } from "../../platform/log.ts";
import type { NanoUsd } from "../../shared/money.ts";
import type { Tools } from "../../tools/stored_tools.ts";
import type { Config } from "../../config.ts";
import type { Tx } from "../../store/transactions.ts";
import { callOfRun } from "./run_costs.ts";
import type { PartGuard } from "./run_parts.ts";

export interface ReplyDeps {
  store: { tools: Tools };
  catalogue: ModelCatalogue;
  provider: Provider;
  firstProvider: string;
  config: Config;
  log: Log;
}

/** A request for one whole reply. */
export interface WantedReply {
  /** The tool in whose budgets it counts, with the ceiling that it has now. */
  tool: { id: string };
  /** Stored name of the model: no other one answers in its place. */
  model: string;
  temperature: number;
  effort: Effort | null;
  maxTokens: number;
  prompt: PromptMessage[];
}

/** The run of which a reply is a part, with its writes. */
export interface ReplyPart {
  /** Run in whose cost it counts. */
  run: string;
  guard: PartGuard;
  /** Writes in the commit that books its cost, while the guard keeps the part. */
  write(tx: Tx, reply: WholeReply): void;
}

export interface WholeReply {
  text: string;
  failed: boolean;
  usd: NanoUsd;
}

/** Where calls of runs count, besides their tool. */
export const GOLDEN_PLACE = { channel: "golden", visitor: null } as const;
const PATIENCE_MS = 180_000;

/** Replies to examples and of judges: each held before and booked after, and never another model's. */
export class PaidReplies {
  private readonly models: ModelChoice;

  constructor(private readonly deps: ReplyDeps, private readonly paidCalls: PaidCalls) {
    this.models = new ModelChoice(deps);
  }

  /**
   * Checks that a call has a price.
   * @throws {AppError} `unavailable`
   */
  assertPriced(model: string): void {
    this.models.candidate(model);
  }

  /**
   * What a reply typically costs; null without a price.
   * @param tokens of a typical reply
   */
  typicalCost({ prompt, maxTokens, model }: WantedReply, tokens: number): NanoUsd | null {
    const asked = attemptWith(modelNamed(model, this.deps), this.deps);
    if (asked === null) return null;
    return worstCase(estimatePromptTokens(prompt), Math.min(tokens, maxTokens), asked.price);
  }

  /**
   * Asks for a reply of a run, and books it with its cost.
   * @throws {AppError} `over_budget`, `unavailable` without a price, or `missing` once the tool was
   * deleted; then nothing was asked
   * @throws {PartUnwanted} likewise
   */
  async ask(
    wanted: WantedReply,
    { run, guard, write }: ReplyPart,
    signal: AbortSignal,
  ): Promise<WholeReply> {
    const { prompt, maxTokens, effort } = wanted;
    // As it is now: a side may be an earlier version, with another ceiling.
    const tool = await this.deps.store.tools.find(wanted.tool.id);
    const asked = this.models.candidate(wanted.model);
    const bounds = {
      ...asked,
      effort,
      maxTokens,
      promptTokens: promptTokenBound(prompt),
      inputEstimate: estimatePromptTokens(prompt),
    };
    const { call } = await this.paidCalls.holdReply({
      tool: tool.id,
      ceiling: tool.ceiling,
      ...GOLDEN_PLACE,
      wanted: asked,
      cheaper: null,
      insteadOf: null,
      promptTokens: bounds.promptTokens,
      maxTokens,
      ladder: { downgradeFrom: null, clamp: false },
      images: 0,
      participants: callOfRun(run),
    }, { reads: guard.reads, run: guard.admit });
    return await this.paidCalls.pay(call, async (bill) => {
      const heard = await this.hear(wanted, call, signal);
      const promptLength = prompt.reduce((sum, { content }) => sum + content.length, 0);
      const charge = heard.spent
        ? costOfReply(bounds, {
          claim: heard.claim,
          seen: observedUsage(heard.text, heard.thinking),
          promptLength,
          context: this.deps.catalogue.contextOf(asked.provider, asked.model),
          reason: signal.aborted ? "stopped" : heard.reason,
        }, bill.attempt().hold)
        : null;
      bill.cost = charge;
      bill.turn = { failed: heard.failed, waitedMs: null };
      const reply = { text: heard.text, failed: heard.failed, usd: charge?.usd ?? 0n };
      bill.reads = guard.reads;
      bill.also = (tx) => {
        if (guard.keeps(tx)) write(tx, reply);
      };
      return reply;
    });
  }

  private async hear(
    { temperature, effort, maxTokens, prompt }: WantedReply,
    { turn, provider, model }: AuxiliaryCall,
    stop: AbortSignal,
  ): Promise<HeardReply> {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(PATIENCE_MS)]);
    const request = {
      provider,
      model,
      messages: prompt,
      temperature,
      effort,
      maxTokens,
    };
    const heard = await hearReply(this.deps.provider, request, signal);
    if (heard.error !== null) {
      this.deps.log("warn", "An example's reply failed", { turn, error: heard.error });
    }
    return heard;
  }
}
