import { ModelChoice } from "../chat/turn/model_choice.ts";
import { modelsFor } from "../chat/turn/model_order.ts";
import { TurnPictures } from "../chat/turn/turn_pictures.ts";
import { factsOf } from "../llm/rules/model_facts.ts";
import type { RateDecision } from "../limits/rules/rate.ts";
import type { PaidCalls } from "../metering/calls/paid_calls.ts";
import { AppError } from "../platform/errors.ts";
import { whenEmpty } from "../platform/when_empty.ts";
import type { ApiDeps } from "./api_deps.ts";
import type { Tool } from "../tools/rules/tool.ts";
import { CompletionRun } from "./completion_run.ts";
import { CompletionWriter } from "./completion_writer.ts";
import type { Caller, KeyCheck } from "./key_check.ts";
import { completionPrompt } from "./rules/completion_prompt.ts";
import type { CompletionRequest } from "./rules/completion_request.ts";
import { budgetsOf } from "./rules/key_state.ts";

/** A reply that has begun, and the key's use of its rate. */
export interface StartedCompletion {
  run: CompletionRun;
  rate: RateDecision;
}

/**
 * Replies over /v1: a client's own conversation with a tool, of which nothing is stored but the
 * ledger's entry. Paid for like a turn: held before, settled after, with the degradation policy.
 */
export class Completions {
  private readonly models: ModelChoice;
  private readonly pictures: TurnPictures;
  private readonly writer: CompletionWriter;
  private readonly runs = new Set<CompletionRun>();
  private closing = false;

  /** Number of replies under way. */
  get size(): number {
    return this.runs.size;
  }

  constructor(
    private readonly deps: ApiDeps,
    private readonly keys: KeyCheck,
    private readonly paidCalls: PaidCalls,
  ) {
    this.models = new ModelChoice(deps);
    this.pictures = new TurnPictures(deps);
    this.writer = new CompletionWriter(deps, paidCalls);
  }

  /**
   * The active tool that a key may ask under a model's name.
   * @throws {AppError} `missing`, or `denied` when the key is for other tools
   */
  async toolOf({ key }: Caller, model: string): Promise<Tool> {
    const named = model.slice(0, 100);
    const tool = await this.deps.store.tools.get(model);
    if (!tool?.active) {
      throw new AppError("missing", { code: "api.model_missing", model: named }, {
        field: "model",
      });
    }
    if (key.tools !== null && !key.tools.includes(tool.id)) {
      throw new AppError("denied", { code: "api.model_denied", model: named }, { field: "model" });
    }
    return tool;
  }

  /**
   * Begins a reply: the key's check and rate, and the hold, are one commit.
   * @throws {AppError} `missing`, `denied`, `invalid`, `unauthenticated`, `limited`, `over_budget`
   * or `unavailable`; then nothing is held or asked.
   */
  async start(caller: Caller, asked: CompletionRequest): Promise<StartedCompletion> {
    if (this.closing) {
      throw new AppError("unavailable", { code: "server.restarting" }, { retryAfterMs: 5_000 });
    }
    const tool = await this.toolOf(caller, asked.model);
    const wanted = this.models.candidate(tool.model);
    const prompt = completionPrompt(tool, asked.messages);
    const images = prompt.reduce((sum, { images = [] }) => sum + images.length, 0);
    if (images > 0 && !factsOf(wanted).capabilities.vision) {
      throw new AppError("invalid", { code: "picture.not_seen" }, { field: "messages" });
    }
    const choosing = { models: this.models, pictures: this.pictures };
    const chosen = modelsFor(this.deps, choosing, tool, wanted, prompt);
    const { first, successors, insteadOf, cheaper, promptTokens, inputEstimate } = chosen;
    const request = {
      tool: tool.id,
      ceiling: tool.ceiling,
      channel: "api",
      visitor: null,
      budgets: budgetsOf(caller.key),
      wanted: first,
      insteadOf,
      cheaper,
      promptTokens,
      maxTokens: Math.min(asked.maxTokens ?? tool.maxTokens, tool.maxTokens),
      ladder: tool.ladder,
      images,
    };
    const { call, maxTokens, admitted } = await this.keys.tracked(
      caller,
      () => this.paidCalls.holdReply(request, this.keys.admission(caller)),
    );
    const run = new CompletionRun(call.turn, call.startedAt);
    this.runs.add(run);
    const { provider, model } = call;
    void this.writer.write({
      run,
      call,
      request: {
        provider,
        model,
        messages: prompt,
        temperature: asked.temperature ?? tool.temperature,
        effort: tool.effort,
        pictureDetail: tool.pictureDetail,
        successors,
        maxTokens,
      },
      bounds: {
        effort: tool.effort,
        maxTokens,
        promptTokens,
        inputEstimate,
        promptLength: prompt.reduce((sum, { content }) => sum + content.length, 0),
        contextOf: (provider, model) => this.deps.catalogue.contextOf(provider, model),
      },
      stops: asked.stop,
    }).finally(() => this.runs.delete(run));
    return { run, rate: admitted };
  }

  /** Refuses further requests. */
  refuse(): void {
    this.closing = true;
  }

  /** Waits for replies, then stops and settles the rest. */
  async drain(graceMs: number, settleMs = 5_000): Promise<void> {
    await this.finished(graceMs);
    for (const run of this.runs) this.writer.interrupt(run);
    await this.finished(settleMs);
  }

  /** Waits until no reply is under way, `ms` at most. */
  async finished(ms: number): Promise<void> {
    await whenEmpty(() => [...this.runs].map(({ done }) => done), ms);
  }
}
