import { AppError } from "../platform/errors.ts";
import { admit } from "../limits/rules/rate.ts";
import { withRating } from "./rules/review.ts";
import type { Thumb } from "../shared/views/chat_view.ts";
import { chatKeys, type ConversationHead, type Message, messageKey } from "../chat/records.ts";
import { feedbackKeys, type Rated, type Rating } from "./records.ts";
import { limitKeys } from "../limits/records.ts";
import type { Key } from "../store/key.ts";
import { scopesOf } from "../metering/ledger.ts";
import { type Ratings, UNRATED } from "./stored_ratings.ts";
import { rateLimited } from "../metering/refusals.ts";
import type { Calendar } from "../platform/calendar.ts";
import type { Clock } from "../platform/clock.ts";
import type { Conversations } from "../chat/conversations.ts";
import { StaleRead, type Transactions, type Tx } from "../store/transactions.ts";

interface Needs {
  store: { conversations: Conversations; transactions: Transactions; ratings: Ratings };
  calendar: Calendar;
  clock: Clock;
}

const LIMIT = { limit: 60, windowMs: 60_000 };
/** Messages read at once in the search for the rated one. */
const BATCH = 50;

/** A person's rating of a reply in their conversation. */
export interface RatingInput {
  visitor: string;
  tool: string;
  /** The reply's id. */
  message: string;
  /** Its number, if known: saves the search. */
  number?: number | null;
  /** Null withdraws an earlier rating. */
  verdict: Thumb | null;
  /** The person's reason; absent: an earlier one is kept. */
  reason?: string;
  /** Client address for the rate limit; null for channels with a limit of their own. */
  address: string | null;
}

/** A capability that counts ratings on its own; its part runs in the commit of a rating. */
export interface RatingListener {
  /** Null for ratings that do not concern it. */
  part(rated: RatedReply): Promise<RatingPart | null>;
}

export interface RatedReply {
  visitor: string;
  tool: string;
  /** The reply's id, and the variant that wrote it. */
  message: string;
  variant: string | null;
  now: number;
}

export interface RatingPart {
  reads: readonly Key<unknown>[];
  /**
   * @param verdict the person's opinion from now on; null: withdrawn
   * @throws {StaleRead} when its keys follow from records that changed: asked for again.
   */
  run(tx: Tx, verdict: Thumb | null): void;
}

/** People's ratings: one for each reply, which can be changed and withdrawn. */
export class RatingService {
  constructor(
    private readonly deps: Needs,
    private readonly listeners: readonly RatingListener[] = [],
  ) {}

  /**
   * Stores a rating and counts it in the sums of the reply's day, in one commit; idempotent.
   * Returns the reply's number.
   * @throws {AppError} `limited`, or `missing` when the visitor's current conversation has no such
   * reply
   */
  async rate(opinion: RatingInput): Promise<number> {
    const { store, calendar } = this.deps;
    const { visitor, tool, message: id } = opinion;
    const head = await store.conversations.head(visitor, tool);
    const found = head && await this.find(head, id, opinion.number ?? null);
    if (head === null || found === null || found.message.reply === null) throw gone();
    const { number, message } = found;
    const { conversation } = head;
    const about = aboutOf(tool, message, calendar.dayOf(message.at));
    const where = {
      head: chatKeys.head(visitor, tool),
      message: messageKey(head, number),
      rating: feedbackKeys.rating(conversation, id),
      review: feedbackKeys.review(conversation),
      limit: opinion.address === null ? null : limitKeys.limit("rating", opinion.address),
      sums: scopesOf(about).map(([scope, name]) => feedbackKeys.rated(about.day, scope, name)),
    };
    const { limit, sums, ...single } = where;
    const reads: Key<unknown>[] = [...Object.values(single), ...sums];
    if (limit) reads.push(limit);
    const now = this.deps.clock();
    const write = (tx: Tx) => {
      const current = tx.get(where.head);
      if (current?.conversation !== conversation || tx.get(where.message)?.id !== id) throw gone();
      if (limit) {
        const rate = admit(tx.get(limit) ?? [], now, LIMIT);
        if (!rate.admitted) throw rateLimited(rate);
        tx.set(limit, rate.times);
      }
      const before = tx.get(where.rating);
      const after = ratingOf(opinion, about, before, now);
      if (after === null) tx.delete(where.rating);
      else tx.set(where.rating, after);
      if (after !== null && !current.rated) tx.set(where.head, { ...current, rated: true });
      const counted = (counts: Rated) =>
        withRating(counts, before?.verdict ?? null, after?.verdict ?? null);
      for (const sum of sums) tx.set(sum, counted(tx.get(sum) ?? UNRATED));
      const review = tx.get(where.review);
      if (review) tx.set(where.review, { ...review, ...counted(review) });
    };
    const rated = { visitor, tool, message: id, variant: about.variant, now };
    await this.commit(reads, write, rated, opinion.verdict);
    return number;
  }

  /** Runs `write` with the parts of all listeners in one commit. */
  private async commit(
    reads: readonly Key<unknown>[],
    write: (tx: Tx) => void,
    rated: RatedReply,
    verdict: Thumb | null,
  ): Promise<void> {
    for (;;) {
      const asked = await Promise.all(this.listeners.map((each) => each.part(rated)));
      const parts = asked.filter((part) => part !== null);
      try {
        const all = [...reads, ...parts.flatMap((part) => part.reads)];
        return await this.deps.store.transactions.run(all, (tx) => {
          write(tx);
          for (const part of parts) part.run(tx, verdict);
        });
      } catch (error) {
        if (!(error instanceof StaleRead)) throw error;
      }
    }
  }

  /** The rating of a reply in the visitor's current conversation, if any. */
  async of(visitor: string, tool: string, message: string): Promise<Rating | null> {
    const head = await this.deps.store.conversations.head(visitor, tool);
    if (head === null) return null;
    const [rating = null] = await this.deps.store.ratings.of(head.conversation, [message]);
    return rating;
  }

  private async find(
    head: ConversationHead,
    id: string,
    hint: number | null,
  ): Promise<{ number: number; message: Message } | null> {
    const { conversations } = this.deps.store;
    const { last, next } = head;
    const guess = hint ?? (last && `${last.turn}a` === id ? last.question + 1 : null);
    if (guess !== null) {
      const message = await conversations.message(head, guess);
      if (message?.id === id) return { number: guess, message };
    }
    for (let before: number | null = next; before !== null;) {
      const page = await conversations.page(head, before, BATCH);
      const found = page.messages.find(({ message }) => message.id === id);
      if (found) return found;
      before = page.before;
    }
    return null;
  }
}

type About = Omit<Rating, "verdict" | "reason" | "at">;

function aboutOf(tool: string, { channel, reply }: Message, day: string): About {
  return {
    day,
    tool,
    version: reply?.version ?? null,
    model: reply?.model ?? "",
    channel,
    variant: reply?.variant ?? null,
    simulated: reply?.cost.simulated ?? false,
  };
}

function ratingOf(
  { verdict, reason }: RatingInput,
  about: About,
  before: Rating | null,
  at: number,
): Rating | null {
  if (verdict === null) return null;
  const kept = before?.verdict === verdict ? before.reason : "";
  return { ...about, verdict, reason: reason ?? kept, at };
}

function gone(): AppError {
  return new AppError("missing", { code: "reply.gone" });
}
