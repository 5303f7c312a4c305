import { ModelChoice } from "../chat/turn/model_choice.ts";
import type { BreakerStates } from "../llm/breaker.ts";
import type { ModelCatalogue } from "../llm/catalogue.ts";
import type { Provider, ProviderAttempt } from "../llm/provider.ts";
import { mayThink } from "../llm/rules/model_facts.ts";
import { worstCase } from "../llm/rules/prices.ts";
import type { PromptMessage } from "../llm/rules/prompt.ts";
import { estimatePromptTokens, promptTokenBound } from "../llm/tokens.ts";
import { organisationCeiling, toolCeiling } from "../metering/budgets_in_force.ts";
import type { AuxiliaryCall } from "../metering/call_records.ts";
import { hearReply } from "../metering/calls/heard_reply.ts";
import type { Admission } from "../metering/calls/hold_call.ts";
import type { Bill } from "../metering/calls/bill.ts";
import type { PaidCalls } from "../metering/calls/paid_calls.ts";
import { costOfReply, observedUsage } from "../metering/calls/reply_cost.ts";
import type { Budget } from "../metering/rules/budget.ts";
import type { Log } from "../platform/log.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";
import type { Tool } from "../tools/rules/tool.ts";
import type { Config } from "../config.ts";
import { NOTE_TOKENS, readSummary } from "./rules/summary_prompt.ts";

export interface WriterDeps {
  store: { settings: StoredSettings };
  catalogue: ModelCatalogue;
  provider: Provider;
  firstProvider: string;
  breakers: BreakerStates;
  config: Config;
  log: Log;
}

/** A note that a model wrote, or why there is none. */
export type Written =
  | { kind: "note"; text: string; language: string | null }
  /** Nothing in the conversation is worth a note. */
  | { kind: "nothing" }
  | { kind: "failed"; billed: boolean };

const CHANNEL = "memory";
const PATIENCE_MS = 60_000;
/** More tokens for a model that cannot but think first. */
const THINKING_TOKENS = 2_000;

/** Has notes written by a tool's cheap model, each call held before and booked after. */
export class NoteWriter {
  private readonly models: ModelChoice;

  constructor(private readonly deps: WriterDeps, private readonly paidCalls: PaidCalls) {
    this.models = new ModelChoice(deps);
  }

  /**
   * The model for a tool's notes: its cheaper one, else its own; null while none can be asked.
   */
  private modelOf(tool: Tool): ProviderAttempt | null {
    const { catalogue, breakers } = this.deps;
    const own = this.models.candidate(tool.model);
    const able = [this.models.cheaper(tool, own), own].filter((each) =>
      each !== null && !catalogue.hasEnded(each) && breakers.admits(each)
    );
    return able[0] ?? null;
  }

  /**
   * Has a note written; `also` writes in the commit that books its cost.
   * Null while no model can be asked.
   * @param claim in the commit of the hold, before it; throws to refuse
   * @throws {AppError} `over_budget`, or `unavailable` without a price, or what `claim` throws; then
   * nothing was asked.
   */
  async write(
    tool: Tool,
    prompt: PromptMessage[],
    { claim, signal: stop }: { claim: Admission<void>; signal: AbortSignal },
    also: (bill: Bill, call: AuxiliaryCall, written: Written) => void,
  ): Promise<Written | null> {
    const asked = this.modelOf(tool);
    if (asked === null) return null;
    const maxTokens = NOTE_TOKENS + (mayThink(asked, null) ? THINKING_TOKENS : 0);
    const bounds = {
      ...asked,
      effort: null,
      maxTokens,
      promptTokens: promptTokenBound(prompt),
      inputEstimate: estimatePromptTokens(prompt),
    };
    const call = await this.paidCalls.hold({
      tool: tool.id,
      ceiling: tool.ceiling,
      channel: CHANNEL,
      visitor: null,
      budgets: [this.budgetOf(tool)],
      worst: worstCase(bounds.promptTokens, maxTokens, asked.price),
      ...asked,
    }, claim);
    return await this.paidCalls.pay(call, async (bill) => {
      const { provider, model } = asked;
      const request = {
        provider,
        model,
        messages: prompt,
        temperature: 0,
        effort: null,
        maxTokens,
      };
      const signal = AbortSignal.any([stop, AbortSignal.timeout(PATIENCE_MS)]);
      const heard = await hearReply(this.deps.provider, request, signal);
      bill.cost = heard.spent
        ? costOfReply(bounds, {
          claim: heard.claim,
          seen: observedUsage(heard.text, heard.thinking),
          promptLength: prompt.reduce((sum, { content }) => sum + content.length, 0),
          context: this.deps.catalogue.contextOf(provider, model),
          reason: stop.aborted ? "stopped" : heard.reason,
        }, bill.attempt().hold)
        : null;
      if (heard.failed) {
        const error = heard.error ?? heard.reason ?? "no text";
        this.deps.log("warn", "A note was not written", { turn: call.turn, model, error });
      }
      const note = heard.failed ? null : readSummary(heard.text);
      const written: Written = note
        ? { kind: "note", ...note }
        : heard.failed
        ? { kind: "failed", billed: heard.spent }
        : { kind: "nothing" };
      also(bill, call, written);
      return written;
    });
  }

  /** Whether a tool may have notes written at all. */
  get isAllowed(): boolean {
    return this.deps.store.settings.current.memory.share > 0;
  }

  /** The part of a tool's day for its notes; of the organisation's where the tool has no limit. */
  private budgetOf(tool: Tool): Budget {
    const day = toolCeiling(this.deps, tool) ?? organisationCeiling(this.deps);
    const { share } = this.deps.store.settings.current.memory;
    const limit = day && day * BigInt(share) / 100n;
    return { scope: "memory", id: tool.id, window: "day", limit };
  }
}
