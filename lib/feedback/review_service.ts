import type { Language } from "../shared/languages.ts";
import { letterOf } from "../shared/views/experiment_view.ts";
import { AppError } from "../platform/errors.ts";
import { LONGEST_REASON, reviewNotice } from "./rules/review.ts";
import type {
  ReviewedConversation,
  ReviewedMessage,
  ReviewFilter,
  ReviewList,
} from "../shared/views/review_view.ts";
import { audit, AUDIT_WEIGHT } from "../audit/log.ts";
import type { Conversations, NumberedMessage } from "../chat/conversations.ts";
import { messageKey } from "../chat/records.ts";
import { feedbackKeys, type Review } from "./records.ts";
import { type Ratings, UNRATED } from "./stored_ratings.ts";
import type { Transactions, Tx } from "../store/transactions.ts";
import { messageView } from "../chat/chat_pages.ts";
import type { DataDeletion } from "../chat/history/data_deletion.ts";
import { exportForReview, exportLines, type ReviewFormat } from "./review_export.ts";
import { type ListedShown, type Reviews, shownOf } from "./reviews.ts";
import { reviewedSince, ReviewSearch } from "./review_search.ts";
import type { Clock } from "../platform/clock.ts";
import type { Calendar } from "../platform/calendar.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";
import type { Tools } from "../tools/stored_tools.ts";

interface Needs {
  store: {
    settings: StoredSettings;
    reviews: Reviews;
    conversations: Conversations;
    ratings: Ratings;
    transactions: Transactions;
    tools: Tools;
  };
  clock: Clock;
  calendar: Calendar;
}

/** Conversations on one page of the list, and messages on one page of a conversation. */
const PAGE = 25;
const PAGE_MESSAGES = 40;
/** Limit of the count of conversations. */
const MOST_COUNTED = 1_000;

/** An administrator's opinion of a reply, or null to withdraw it. */
export interface VerdictInput {
  message: string;
  number: number;
  verdict: "good" | "bad" | null;
  note: string;
}

/**
 * Quality review of conversations by administrators, while it is switched on.
 * Every access and action is in the audit log, with the conversation's id and never its text.
 */
export class ReviewService {
  private readonly search: ReviewSearch;

  constructor(private readonly deps: Needs, private readonly deletion: DataDeletion) {
    this.search = new ReviewSearch(deps);
  }

  /** Whether review is switched on. */
  get enabled(): boolean {
    return this.deps.store.settings.current.review.enabled;
  }

  /** Notice on the chat page; null while review is off. */
  noticeIn(language: Language): string | null {
    return reviewNotice(this.deps.store.settings.current.review, language);
  }

  /** Number of conversations that switching it on would open to review, at most 1,000. */
  async kept(): Promise<number> {
    return await this.deps.store.reviews.count(this.deps.clock(), MOST_COUNTED);
  }

  async list(who: string, filter: ReviewFilter, cursor: string): Promise<ReviewList> {
    this.assertEnabled();
    const list = await this.search.page(filter, cursor, PAGE);
    const { text, ...rest } = filter;
    const what = { ...rest, searched: text !== "", shown: list.rows.length };
    await this.note(who, "conversation.list", "conversations", what);
    return list;
  }

  /**
   * Messages of a conversation from a number on; null for the first reviewable one.
   * @throws {AppError} `missing` when it does not exist or is not open to review
   */
  async read(
    who: string,
    conversation: string,
    from: number | null,
  ): Promise<ReviewedConversation> {
    const review = await this.find(conversation);
    await this.note(who, "conversation.read", `conversation:${conversation}`, null);
    const { store } = this.deps;
    const shown = await shownOf(store.conversations, conversation, review);
    const first = review.first - review.first % PAGE_MESSAGES;
    const start = Math.min(from ?? first, Math.max(0, shown.messages - 1));
    const length = Math.min(PAGE_MESSAGES, shown.messages - start);
    const [[row], messages, ratings, verdicts] = await Promise.all([
      this.search.rowsOf([{ conversation, at: review.at, review, excerpt: null }]),
      store.conversations.from(shown, start, length),
      store.ratings.all(conversation),
      store.reviews.verdicts(conversation),
    ]);
    if (!row) throw gone();
    const open = messages.filter(({ message }) => message.reviewable);
    const seen = open.map((each): ReviewedMessage => reviewed(each, ratings, verdicts));
    const standing = await this.standing(shown, review);
    const left = [...ratings].filter(([id]) => !standing.has(id));
    const replaced = { ...UNRATED };
    for (const [, { verdict }] of left) replaced[verdict]++;
    const since = reviewedSince(review);
    return {
      row,
      toolId: review.tool,
      messages: seen,
      hidden: messages.length - open.length,
      replaced,
      reviewed: Object.entries(review.reviewed).map(([name, at]) => ({
        who: name,
        at,
        since: since.includes(name),
      })),
      from: start,
      earlier: start === 0 ? null : Math.max(0, start - PAGE_MESSAGES),
      later: start + PAGE_MESSAGES < shown.messages ? start + PAGE_MESSAGES : null,
    };
  }

  /** Stores an administrator's verdict on a reply. */
  async judge(who: string, conversation: string, judgement: VerdictInput): Promise<void> {
    const review = await this.find(conversation);
    const { store } = this.deps;
    const shown = await shownOf(store.conversations, conversation, review);
    const { message: id, number, verdict, note } = judgement;
    const at = this.deps.clock();
    const where = {
      review: feedbackKeys.review(conversation),
      message: messageKey(shown, number),
      verdict: feedbackKeys.verdict(conversation, id, who),
    };
    await store.transactions.run(Object.values(where), (tx) => {
      const message = tx.get(where.message);
      const fits = message?.id === id && message.role === "assistant" && message.reviewable;
      if (!tx.get(where.review) || !fits) throw gone();
      const before = tx.get(where.verdict);
      if (verdict === null) tx.delete(where.verdict);
      else tx.set(where.verdict, { verdict, note: note.trim().slice(0, LONGEST_REASON), at });
      const about = { reply: number, verdict };
      this.write(tx, who, "conversation.rate", conversation, before?.verdict ?? null, about);
    }, 2_000 + AUDIT_WEIGHT);
  }

  /** Marks a conversation as reviewed by an administrator, or not. */
  async mark(who: string, conversation: string, done: boolean): Promise<void> {
    await this.find(conversation);
    const key = feedbackKeys.review(conversation);
    const at = this.deps.clock();
    await this.deps.store.transactions.run([key], (tx) => {
      const review = tx.get(key);
      if (!review) throw gone();
      const { [who]: _, ...others } = review.reviewed;
      tx.set(key, { ...review, reviewed: done ? { ...others, [who]: at } : others });
      this.write(tx, who, "conversation.review", conversation, null, { reviewed: done });
    }, 2_000 + AUDIT_WEIGHT);
  }

  /** Deletes a conversation, for its person as well. */
  async remove(who: string, conversation: string): Promise<void> {
    const { visitor, tool } = await this.find(conversation);
    const also = (tx: Tx) =>
      this.write(tx, who, "conversation.delete", conversation, { tool }, null);
    if (!await this.deletion.deleteConversation(visitor, tool, conversation, also, AUDIT_WEIGHT)) {
      throw gone();
    }
  }

  /** A conversation as a file. */
  async export(
    who: string,
    conversation: string,
    format: ReviewFormat,
  ): Promise<AsyncGenerator<string>> {
    const review = await this.find(conversation);
    await this.note(who, "conversation.export", `conversation:${conversation}`, { format });
    const [row] = await this.search.rowsOf([
      { conversation, at: review.at, review, excerpt: null },
    ]);
    if (!row) throw gone();
    return exportForReview(this.deps, format, row, review);
  }

  /** The matches of a filter as JSON Lines; each conversation is logged before it is sent. */
  exportAll(who: string, filter: ReviewFilter, cursor: string): AsyncGenerator<string> {
    this.assertEnabled();
    const note = (ids: string[]) =>
      this.deps.store.transactions.run([], (tx) => {
        for (const id of ids) {
          this.write(tx, who, "conversation.export", id, null, { format: "jsonl" });
        }
      }, 1_000 * ids.length);
    return exportLines(this.deps, this.search, filter, cursor, note);
  }

  private async find(conversation: string): Promise<Review> {
    this.assertEnabled();
    const review = await this.deps.store.reviews.get(conversation);
    if (review === null) throw gone();
    return review;
  }

  /** Ids of the shown messages of a conversation. */
  private async standing(shown: ListedShown, review: Review): Promise<Set<string>> {
    const ids = new Set<string>();
    if (review.up + review.down === 0) return ids;
    const { conversations } = this.deps.store;
    for await (const piece of conversations.all(shown, shown.messages)) {
      for (const { message } of piece) ids.add(message.id);
    }
    return ids;
  }

  private assertEnabled(): void {
    if (!this.enabled) throw gone();
  }

  private async note(who: string, action: string, thing: string, after: unknown): Promise<void> {
    const at = this.deps.clock();
    await this.deps.store.transactions.run(
      [],
      (tx) => audit(tx, { at, who, action, thing, before: null, after }),
      AUDIT_WEIGHT,
    );
  }

  private write(
    tx: Tx,
    who: string,
    action: string,
    conversation: string,
    before: unknown,
    after: unknown,
  ): void {
    const thing = `conversation:${conversation}`;
    audit(tx, { at: this.deps.clock(), who, action, thing, before, after });
  }
}

function reviewed(
  { number, message }: NumberedMessage,
  ratings: Awaited<ReturnType<Ratings["all"]>>,
  verdicts: Awaited<ReturnType<Reviews["verdicts"]>>,
): ReviewedMessage {
  const rating = ratings.get(message.id);
  return {
    ...messageView({ number, message }, "named"),
    version: message.reply?.version ?? null,
    variant: letterOf(message.reply?.variant),
    insteadOf: message.reply?.insteadOf?.model ?? null,
    rated: rating ? { verdict: rating.verdict, reason: rating.reason } : null,
    verdicts: verdicts.filter((each) => each.message === message.id)
      .map(({ who, verdict, note }) => ({ who, verdict, note })),
  };
}

function gone(): AppError {
  return new AppError(
    "missing",
    { code: "review.closed" },
  );
}
