import { noticeEvent } from "./rules/turn_texts.ts";
import { organisationCeiling, sharePercents } from "../metering/budgets_in_force.ts";
import { randomBytes } from "node:crypto";
import { AppError } from "../platform/errors.ts";
import type { Candidate } from "../metering/rules/budget.ts";
import { buildPrompt, HISTORY_MESSAGES } from "../llm/rules/prompt.ts";
import type { RateDecision } from "../limits/rules/rate.ts";
import { systemPromptOf, type Tool } from "../tools/rules/tool.ts";
import { scopedPrompt } from "../tools/rules/scope.ts";
import { timePrefix } from "../shared/time_prefix.ts";
import { estimatePromptTokens, promptTokenBound } from "../llm/tokens.ts";
import { chatKeys, type Head } from "./records.ts";
import { limitKeys } from "../limits/records.ts";
import type { Running, Sharer } from "../metering/records.ts";
import type { Deps } from "../deps.ts";
import { dropRest } from "./turn/edited_away.ts";
import { Gatherer, LiveTurn } from "./turn/live_turn.ts";
import { ModelChoice } from "./turn/model_choice.ts";
import { type Action, questionOf } from "./turn/question.ts";
import { noting } from "../limits/refusal_log.ts";
import type { Replies } from "./turn/replies.ts";
import { sharersOf, simulatorSharers } from "../metering/shares.ts";
import { type Asked, startEvent } from "./turn/turn_start.ts";
import { inWords, TurnPictures } from "./turn/turn_pictures.ts";
import { type NamedPart, partsToBegin, type TurnParticipant } from "./participants.ts";
import { begin, type Meter, type Opening, Outdated, readsToBegin } from "./turn/begin_turn.ts";

/** A reply whose length nobody knows yet is taken to be as long as this, in tokens. */
export const TYPICAL_REPLY = 300;
const MAX_TRIES = 8;

/** What somebody says, or asks to be done anew. */
export interface Turn {
  visitor: string;
  tool: string;
  /** A tool that is being written and not stored, or not stored like this: to try it. */
  draft?: Tool;
  /** Names this request: the same one again joins its turn instead of beginning another. */
  request: string;
  channel: "web" | "whatsapp" | "api" | "preview";
  action: Action;
  meter: Meter | null;
  /** The address that it came from, where a share of the day is counted by address. */
  address?: string;
  /** Takes part in the beginning of this turn alone, before all others. */
  participant?: Pick<TurnParticipant, "name" | "begin">;
  /** Whether it is paid from the budget of the admins' own phones. */
  apart?: boolean;
  /** Not to be read by reviewers, whatever the settings: the person was not told yet. */
  unread?: boolean;
  /** Whether the visitor's name was made up for this very turn, so that nothing is known of him. */
  newcomer?: boolean;
}

/** A turn that has begun; `live` is null when the same request had been answered, or is answered elsewhere. */
export interface Conversing {
  turn: string;
  live: LiveTurn | null;
  rate: RateDecision | null;
}

/** The one way in which any channel talks to a tool. */
export class Chat {
  private readonly gatherer = new Gatherer();
  private readonly models: ModelChoice;
  private readonly pictures: TurnPictures;
  private closing = false;

  constructor(
    private readonly deps: Deps,
    private readonly replies: Replies,
    private readonly onBegun: (running: Running) => void,
    private readonly participants: readonly TurnParticipant[],
  ) {
    this.models = new ModelChoice(deps);
    this.pictures = new TurnPictures(deps);
  }

  /** Begins to read what a turn will need, while the turn itself is still being read. */
  expect({ kind, address }: Meter): void {
    this.deps.store.transactions.prime([limitKeys.limit(kind, address)]).catch(() => {
      // Read again when it is needed, and told then.
    });
  }

  /**
   * Begins a turn and leaves it to run: rate limit → tool → messages → hold,
   * in one commit with the question. The reply goes on whether or not anybody
   * watches `live`.
   * @throws {AppError} `missing`, `invalid`, `limited`, `conflict`, `over_budget`, `over_share` or
   *   `unavailable`; then nothing was begun.
   */
  async converse(turn: Turn): Promise<Conversing> {
    if (this.closing) {
      throw new AppError("unavailable", { code: "server.restarting" }, {
        retryAfterMs: 5_000,
      });
    }
    const tool = turn.draft ?? await this.deps.store.tools.get(turn.tool);
    if (!tool?.active) throw new AppError("missing", { code: "tool.gone" });
    const wanted = this.models.candidate(tool.model);
    const parts = this.partsOf(turn, tool);
    for (let attempt = 0;; attempt++) {
      const head = await this.head(turn, parts, attempt > 0);
      try {
        return await this.begin(turn, { tool, wanted, parts }, head);
      } catch (error) {
        if (!(error instanceof Outdated) || attempt >= MAX_TRIES) throw error;
      }
    }
  }

  /**
   * Ends the reply under way in a conversation, here or in another process;
   * what was streamed is kept and priced.
   */
  async stop(visitor: string, tool: string): Promise<void> {
    const head = await this.deps.store.conversations.head(visitor, tool);
    const running = head?.running;
    if (!running || this.replies.stop(running.turn)) return;
    await this.deps.store.transactions.run(
      [],
      (tx) => tx.set(chatKeys.stop(running.process, running.turn), true),
    );
  }

  /** From now on no turn begins. */
  refuse(): void {
    this.closing = true;
  }

  private async begin(
    turn: Turn,
    { tool, wanted, parts }: { tool: Tool; wanted: Candidate; parts: readonly NamedPart[] },
    head: Head | null,
  ): Promise<Conversing> {
    const { store, provider, firstProvider, calendar, clock } = this.deps;
    const now = clock();
    const id = newTurnId(now);
    const reviewable = parts.some((part) => part.reviewable);
    const { number, text, message, asked, pictures } = await questionOf(
      store.conversations,
      turn,
      head,
      { id, now, reviewable },
    );
    const sent = turn.action.kind === "send" ? turn.action.images ?? [] : [];
    const before = head === null || number === 0 ? [] : await store.conversations.latest(
      head.conversation,
      head.last?.turn ?? "",
      number,
      HISTORY_MESSAGES,
    );
    const seen = await this.pictures.seen(wanted.model, before, pictures, sent);
    const bounded = turn.channel === "whatsapp" ? scopedPrompt(tool) : systemPromptOf(tool);
    const words = seen.images.length > 0 ? text : inWords("user", text, pictures);
    const unanswered = head?.last?.failure?.retryable === false ? "left out" : "asked";
    const prompt = buildPrompt(bounded, seen.said, words, seen.images, unanswered);
    const cheaper = this.pictures.seenBy(this.models.cheaper(tool, wanted), prompt);
    const imageTokens = this.pictures.tokens([wanted, cheaper]);
    const opening: Opening = {
      visitor: turn.visitor,
      tool: tool.id,
      turn: id,
      request: turn.request,
      process: store.roster.self,
      channel: turn.channel,
      variant: null,
      version: tool.version,
      reviewable,
      provider: firstProvider,
      simulated: provider.simulated,
      now,
      day: calendar.dayOf(now),
      dayEnds: calendar.endOfDay(now),
      seen: head,
      question: number,
      message,
      wanted,
      cheaper,
      images: prompt.reduce((sum, { images = [] }) => sum + images.length, 0),
      promptTokens: promptTokenBound(prompt, imageTokens),
      inputEstimate: estimatePromptTokens(prompt, imageTokens),
      replyEstimate: TYPICAL_REPLY,
      maxTokens: tool.maxTokens,
      ladder: tool.ladder,
      toolCeiling: tool.ceiling,
      organisationCeiling: organisationCeiling(this.deps),
      sharers: this.sharers(turn, now),
      ...(turn.apart ? { apart: true } : {}),
      percents: sharePercents(this.deps),
      meter: turn.meter,
      parts,
      text,
    };
    const { meter } = turn;
    const beginning = () =>
      this.pictures.keepWith(opening, sent, () => begin(store.transactions, opening));
    const begun = meter === null
      ? await beginning()
      : await noting(this.deps, meter.kind, meter.address, beginning);
    if (begun.kind === "joined") {
      return { turn: begun.turn, live: this.replies.live(begun.turn) ?? null, rate: null };
    }
    const live = this.watchable(begun.running, asked);
    this.replies.start(begun.running, live, {
      prompt,
      temperature: tool.temperature,
      ceiling: tool.ceiling,
      before: [...before, { number, message: asked }],
    });
    this.onBegun(begun.running);
    void dropRest(store.transactions, head, number);
    return { turn: id, live, rate: begun.rate };
  }

  /** Whose shares of the day a turn may count in: drafts have none, the admins' own phones one of theirs. */
  private sharers({ visitor, address, channel, apart }: Turn, now: number): Sharer[] {
    if (channel === "preview") return [];
    if (apart) return simulatorSharers();
    const caller = { visitor, address: address ?? null };
    return sharersOf(caller, this.deps.calendar.dayOf(now), sharePercents(this.deps));
  }

  private watchable(running: Running, question: Asked): LiveTurn {
    return new LiveTurn(
      running.conversation,
      running.number,
      startEvent(running, question),
      running.notices.map(noticeEvent),
      this.gatherer,
    );
  }

  private partsOf(turn: Turn, { maxTokens }: Tool): NamedPart[] {
    const { participant, visitor, channel, unread } = turn;
    const all = participant ? [participant, ...this.participants] : this.participants;
    return partsToBegin(all, { visitor, channel, unread, maxTokens });
  }

  /** The conversation as this process remembers it, or as it is in the store. */
  private async head(
    turn: Turn,
    parts: readonly NamedPart[],
    fresh: boolean,
  ): Promise<Head | null> {
    const { transactions, conversations } = this.deps.store;
    if (fresh) return await conversations.head(turn.visitor, turn.tool);
    const key = chatKeys.head(turn.visitor, turn.tool);
    if (turn.newcomer) {
      // Nothing can stand under a name that was just made up.
      const reads = [key, ...parts.flatMap(({ reads = [] }) => reads)];
      for (const each of reads) {
        if (each.path.includes(turn.visitor)) transactions.assumeAbsent(each);
      }
    }
    if (transactions.remembered(key) === undefined) {
      // One batch for all that beginning the turn is going to read.
      const day = this.deps.calendar.dayOf(this.deps.clock());
      const sharers = this.sharers(turn, this.deps.clock());
      await transactions.prime(readsToBegin({ ...turn, day, sharers, parts }).all);
    }
    return await transactions.look(key);
  }
}

/** Ids of turns sort by time, so that a ledger is read in order. */
function newTurnId(now: number): string {
  return timePrefix(now) + randomBytes(9).toString("base64url");
}

/** Whether it is the id of a turn, and not the name of a message that no model was asked. */
export function isTurnId(id: string): boolean {
  return /^[0-9a-z]{9}[\w-]{12}$/.test(id);
}
