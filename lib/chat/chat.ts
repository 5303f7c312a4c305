import type { ProviderAttempt } from "../llm/provider.ts";
import type { ModelRef } from "../llm/rules/model_ref.ts";
import { noticeEvent } from "./rules/turn_texts.ts";
import { budgetLimits, toolCeiling } from "../metering/budgets_in_force.ts";
import { AppError, causeOf } from "../platform/errors.ts";
import type { Budget } from "../metering/rules/budget.ts";
import { buildPrompt, HISTORY_MESSAGES, withBackground, withSounds } from "../llm/rules/prompt.ts";
import type { RateDecision } from "../limits/rules/rate.ts";
import { systemPromptOf, type Tool } from "../tools/rules/tool.ts";
import { scopedPrompt } from "../tools/rules/scope.ts";
import type { Dropped } from "./alternatives.ts";
import { chatKeys, type ConversationHead } from "./records.ts";
import type { Running } from "../metering/call_records.ts";
import { budgetsFor } from "../metering/budgets.ts";
import { windowEnds } from "../metering/refusals.ts";
import { FlushScheduler } from "./turn/flush_scheduler.ts";
import { LiveTurn } from "./turn/live_turn.ts";
import { ModelChoice } from "./turn/model_choice.ts";
import { modelsFor } from "./turn/model_order.ts";
import { questionOf, soundsOf } from "./turn/question.ts";
import { trackRefusals } from "../limits/refusal_log.ts";
import type { Replies } from "./turn/replies.ts";
import { StopRequests } from "./turn/stop_requests.ts";
import type { TurnVersions } from "../shared/chat_events.ts";
import { type ShownQuestion, startEvent } from "./turn/turn_start.ts";
import { newTurnId } from "./turn_id.ts";
import { aboutTurn, type TurnRequest } from "./turn_request.ts";
import { TurnPictures, withPictureNote } from "./turn/turn_pictures.ts";
import {
  backgroundOf,
  type ChosenTool,
  chosenTool,
  type NamedPart,
  partsToBegin,
  type ReadRecord,
  type TurnParticipant,
  type TurnToBegin,
} from "./participants.ts";
import { type BeginTurn, beginTurn, readsToBegin } from "./turn/begin_turn.ts";
import { StaleRead } from "../store/transactions.ts";
import type { TurnDeps } from "./turn/turn_deps.ts";

/** Assumed length of a reply before it is known, in tokens. */
export const TYPICAL_REPLY = 300;
const MAX_TRIES = 8;

/**
 * A turn that has begun; `live` is null when the request is answered already, or in another
 * process.
 */
export interface StartedTurn {
  turn: string;
  live: LiveTurn | null;
  rate: RateDecision | null;
}

/** A turn with everything that is known before its conversation is read. */
interface PreparedTurn extends ChosenTool {
  wanted: ProviderAttempt;
  /** The version's own model, where it cannot be asked. */
  insteadOf: ModelRef | null;
  parts: readonly NamedPart[];
  now: number;
  day: string;
  budgets: Budget[];
}

/** Entry point of all channels to talk to a tool. */
export class Chat {
  private readonly flushes = new FlushScheduler();
  private readonly models: ModelChoice;
  private readonly pictures: TurnPictures;
  private closing = false;

  constructor(
    private readonly deps: TurnDeps,
    private readonly replies: Replies,
    private readonly participants: readonly TurnParticipant[],
  ) {
    this.models = new ModelChoice(deps);
    this.pictures = new TurnPictures(deps);
  }

  /**
   * Begins a turn and runs its reply in the background.
   * Rate limit, hold and question are one commit. The reply continues without watchers of `live`.
   * @throws {AppError} `missing`, `invalid`, `limited`, `conflict`, `over_budget`, `over_share` or
   * `unavailable`; then nothing was begun.
   */
  async startTurn(turn: TurnRequest): Promise<StartedTurn> {
    if (this.closing) {
      throw new AppError("unavailable", { code: "server.restarting" }, {
        retryAfterMs: 5_000,
      });
    }
    const tool = turn.draft ?? await this.deps.store.tools.get(turn.tool);
    if (!tool?.active) throw new AppError("missing", { code: "tool.gone" });
    for (let attempt = 0;; attempt++) {
      const now = this.deps.clock();
      const day = this.deps.calendar.dayOf(now);
      const beginning = aboutTurn(turn, tool, now, day);
      const parts = this.partsOf(turn, beginning);
      const reads = { parts, day, budgets: this.budgets(turn, tool, day) };
      const head = await this.head(turn, reads, attempt > 0);
      const version = await chosenTool(parts, this.reader(turn)) ?? { tool, variant: null };
      const models = soundsOf(turn.action).length > 0
        ? { wanted: this.models.hearing(version.tool, tool), insteadOf: null }
        : this.models.ofVersion(version.tool, tool);
      try {
        return await this.begin(turn, { ...reads, ...version, ...models, now }, head);
      } catch (error) {
        const { variant } = version;
        if (variant !== null && error instanceof AppError && error.kind === "over_budget") {
          for (const participant of this.participants) participant.refused?.(beginning, variant);
        }
        if (!(error instanceof StaleRead) || attempt >= MAX_TRIES) throw error;
      }
    }
  }

  /**
   * Stops the reply under way in a conversation, here or in another process.
   * The streamed text is kept and paid.
   */
  async stop(visitor: string, tool: string): Promise<void> {
    const head = await this.deps.store.conversations.head(visitor, tool);
    const running = head?.running;
    if (!running || this.replies.stop(running.turn)) return;
    await new StopRequests(this.deps.store, this.deps.log).ask(running.process, running.turn);
  }

  /** Refuses all further turns. */
  refuse(): void {
    this.closing = true;
  }

  private async begin(
    turn: TurnRequest,
    { tool, variant, wanted, insteadOf, parts, now, day, budgets }: PreparedTurn,
    head: ConversationHead | null,
  ): Promise<StartedTurn> {
    const { store, calendar } = this.deps;
    const id = newTurnId(now);
    const reviewable = parts.some((part) => part.reviewable);
    const { number, text, message, asked, pictures, replaces } = await questionOf(
      store.conversations,
      turn,
      head,
      { id, now, reviewable },
    );
    const { images: sent = [], recordings: spoken = [] } = turn.action.kind === "send"
      ? turn.action
      : {};
    const before = head === null || number === 0 ? [] : await store.conversations.latest(
      head,
      number,
      HISTORY_MESSAGES,
    );
    const fork = replaces === null
      ? null
      : await store.alternatives.fork(head, { visitor: turn.visitor, number: replaces, now });
    const versions = await store.alternatives.ofBegun(head, { question: number, replaces, fork });
    const seen = await this.pictures.seen(wanted, before, pictures, sent);
    const bounded = turn.channel === "whatsapp" ? scopedPrompt(tool) : systemPromptOf(tool);
    const words = seen.images.length > 0 ? text : withPictureNote("user", text, pictures);
    const unanswered = head?.last?.failure?.retryable === false ? "left out" : "asked";
    const said = buildPrompt(bounded, seen.said, words, seen.images, unanswered);
    const asking = { text, conversation: head?.conversation ?? null };
    const known = withBackground(said, await backgroundOf(parts, this.reader(turn), asking));
    const prompt = withSounds(known, soundsOf(turn.action));
    const choosing = { models: this.models, pictures: this.pictures };
    const chosen = modelsFor(this.deps, choosing, tool, wanted, prompt);
    const { first, successors, cheaper, promptTokens, inputEstimate } = chosen;
    const input: BeginTurn = {
      visitor: turn.visitor,
      tool: tool.id,
      turn: id,
      request: turn.request,
      process: store.processes.self,
      channel: turn.channel,
      variant,
      version: tool.version,
      reviewable,
      now,
      day,
      ends: windowEnds(calendar, now),
      seen: head,
      question: number,
      message,
      fork,
      wanted: first,
      insteadOf: insteadOf ?? chosen.insteadOf,
      cheaper,
      effort: tool.effort,
      images: prompt.reduce((sum, { images = [] }) => sum + images.length, 0),
      promptTokens,
      inputEstimate,
      replyEstimate: TYPICAL_REPLY,
      maxTokens: tool.maxTokens,
      ladder: tool.ladder,
      budgets,
      rateLimitKey: turn.rateLimitKey,
      parts,
      text,
    };
    const { rateLimitKey } = turn;
    const beginning = () =>
      this.pictures.keepWith(input, sent, spoken, () => beginTurn(store.transactions, input));
    const begun = rateLimitKey === null
      ? await beginning()
      : await trackRefusals(this.deps, rateLimitKey.kind, rateLimitKey.address, beginning);
    if (begun.kind === "joined") {
      return { turn: begun.turn, live: this.replies.live(begun.turn) ?? null, rate: null };
    }
    const live = this.watchable(begun.running, asked, versions);
    this.replies.start(begun.running, live, {
      prompt,
      temperature: tool.temperature,
      effort: tool.effort,
      pictureDetail: tool.pictureDetail,
      successors,
      ceiling: toolCeiling(this.deps, tool),
      before: [...before, { number, message: asked }],
    });
    this.deps.bus.emit("TurnBegan", turn);
    if (fork?.drop) void this.drop(begun.running.conversation, fork.drop);
    return { turn: id, live, rate: begun.rate };
  }

  /** The budgets that a turn may count in: drafts in no share, simulated phones in their own. */
  private budgets(turn: TurnRequest, { id: tool, ceiling }: Tool, day: string): Budget[] {
    const { channel, visitor, address = null, forSimulator = false, budgets = [] } = turn;
    const ours = channel === "preview";
    return budgetsFor({
      tool,
      limits: budgetLimits(this.deps, { id: tool, ceiling }, channel),
      day,
      visitor: ours ? null : visitor,
      address: ours ? null : address,
      forSimulator,
    }).concat(budgets);
  }

  /** Deletes an alternative in the background; leftovers are deleted with the conversation. */
  private async drop(conversation: string, dropped: Dropped): Promise<void> {
    try {
      await this.deps.store.alternatives.drop(conversation, dropped);
    } catch (error) {
      this.deps.log("warn", "Cannot delete an alternative", { error: causeOf(error) });
    }
  }

  private watchable(
    running: Running,
    question: ShownQuestion,
    versions: TurnVersions,
  ): LiveTurn {
    return new LiveTurn(
      running.conversation,
      running.number,
      startEvent(running, question, versions),
      running.notices.map(noticeEvent),
      this.flushes,
    );
  }

  private partsOf({ participant }: TurnRequest, beginning: TurnToBegin): NamedPart[] {
    const all = participant ? [participant, ...this.participants] : this.participants;
    return partsToBegin(all, beginning);
  }

  /** Reads for the parts of participants; a new visitor has no records yet. */
  private reader({ isNewVisitor }: TurnRequest): ReadRecord {
    const { transactions } = this.deps.store;
    return isNewVisitor ? () => Promise.resolve(null) : (key) => transactions.read(key);
  }

  /** The conversation's head, from this process's cache or the store. */
  private async head(
    turn: TurnRequest,
    { parts, day, budgets }: Pick<PreparedTurn, "parts" | "day" | "budgets">,
    fresh: boolean,
  ): Promise<ConversationHead | null> {
    const { transactions, conversations } = this.deps.store;
    if (fresh) return await conversations.head(turn.visitor, turn.tool);
    if (turn.isNewVisitor) return null;
    const key = chatKeys.head(turn.visitor, turn.tool);
    // Prefetches in one batch all keys that beginning the turn reads.
    await transactions.prefetch(readsToBegin({ ...turn, day, budgets, parts }).all);
    return await transactions.read(key);
  }
}
