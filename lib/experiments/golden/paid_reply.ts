import { ModelChoice } from "../../chat/turn/model_choice.ts";
import { attemptWith, modelNamed } from "../../llm/named_models.ts";
import type { ModelCatalogue } from "../../llm/catalogue.ts";
import { type Provider, ProviderError } from "../../llm/provider.ts";
import type { Effort } from "../../llm/rules/effort.ts";
import { type Usage, worstCase } from "../../llm/rules/prices.ts";
import type { PromptMessage } from "../../llm/rules/prompt.ts";
import { estimatePromptTokens, promptTokenBound } from "../../llm/tokens.ts";
import type { AuxiliaryCall } from "../../metering/call_records.ts";
import type { PaidCalls } from "../../metering/calls/paid_calls.ts";
import { costOfReply, observedUsage } from "../../metering/calls/reply_cost.ts";
import { causeOf } from "../../platform/errors.ts";
import type { Log } from "../../platform/log.ts";
import type { NanoUsd } from "../../shared/money.ts";
import type { Config } from "../../config.ts";
import type { Tx } from "../../store/transactions.ts";

export interface ReplyDeps {
  catalogue: ModelCatalogue;
  provider: Provider;
  firstProvider: string;
  config: Config;
  log: Log;
}

/** A request for one whole reply. */
export interface WantedReply {
  /** The tool in whose budgets it counts. */
  tool: { id: string; ceiling: bigint | null };
  /** Stored name of the model: no other one answers in its place. */
  model: string;
  temperature: number;
  effort: Effort | null;
  maxTokens: number;
  prompt: PromptMessage[];
}

export interface WholeReply {
  text: string;
  failed: boolean;
  usd: NanoUsd;
}

const CHANNEL = "golden";
/** Most UTF-16 units of a reply: a server that never ends must not fill the memory. */
const LONGEST_REPLY = 100_000;
const PATIENCE_MS = 180_000;

/** Replies to examples and of judges: each held before and booked after, and never another model's. */
export class PaidReplies {
  private readonly models: ModelChoice;

  constructor(private readonly deps: ReplyDeps, private readonly paidCalls: PaidCalls) {
    this.models = new ModelChoice(deps);
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
   * Asks for a reply; `also` writes it in the commit that books its cost.
   * @throws {AppError} `over_budget`, or `unavailable` without a price; then nothing was asked
   */
  async ask(
    wanted: WantedReply,
    signal: AbortSignal,
    also: (tx: Tx, reply: WholeReply) => void,
  ): Promise<WholeReply> {
    const { tool, prompt, maxTokens, effort } = wanted;
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
      channel: CHANNEL,
      visitor: null,
      wanted: asked,
      cheaper: null,
      insteadOf: null,
      promptTokens: bounds.promptTokens,
      maxTokens,
      ladder: { downgradeFrom: null, clamp: false },
      images: 0,
    }, { reads: [], run: () => null });
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
      bill.also = (tx) => also(tx, reply);
      return reply;
    });
  }

  private async hear(
    { temperature, effort, maxTokens, prompt }: WantedReply,
    { turn, provider, model }: AuxiliaryCall,
    stop: AbortSignal,
  ): Promise<Heard> {
    const heard: Heard = {
      text: "",
      thinking: 0,
      claim: null,
      reason: null,
      failed: false,
      spent: true,
    };
    const signal = AbortSignal.any([stop, AbortSignal.timeout(PATIENCE_MS)]);
    const request = {
      provider,
      model,
      messages: prompt,
      temperature,
      effort,
      maxTokens,
      successors: [],
    };
    try {
      for await (const part of this.deps.provider.stream(request, signal)) {
        if (part.type === "text") heard.text += part.text;
        else if (part.type === "thinking") heard.thinking += part.bytes;
        else if (part.type === "usage") heard.claim = part.usage;
        else if (part.type === "end") heard.reason = part.reason;
        if (heard.text.length > LONGEST_REPLY) break;
      }
      heard.failed = heard.reason !== "stop" && heard.reason !== "length";
    } catch (error) {
      this.deps.log("warn", "An example's reply failed", { turn, error: causeOf(error) });
      heard.failed = true;
      const maySpend = error instanceof ProviderError ? error.maySpend : true;
      heard.spent = maySpend || heard.text !== "" || heard.claim !== null;
    }
    if (heard.text.trim() === "") heard.failed = true;
    return heard;
  }
}

interface Heard {
  text: string;
  thinking: number;
  claim: Usage | null;
  reason: "stop" | "length" | "filter" | null;
  failed: boolean;
  spent: boolean;
}
