import type { Conversations } from "../chat/conversations.ts";
import { CONVERSATION_DAYS, type Shown } from "../chat/records.ts";
import { feedbackKeys, type Review, type Verdict } from "./records.ts";
import type { Kv } from "../store/kv.ts";

const LIFE_MS = CONVERSATION_DAYS * 24 * 60 * 60_000;

/** A position in the review list, newest first. */
export interface ReviewPlace {
  at: number;
  conversation: string;
}

export interface ListedReview extends ReviewPlace {
  review: Review;
}

/** One administrator's verdict on one reply. */
export interface VerdictOf extends Verdict {
  message: string;
  who: string;
}

/** A listed conversation with its present path. */
export interface ListedShown extends Shown {
  messages: number;
}

/** The present path and length of a listed conversation. */
export async function shownOf(
  conversations: Conversations,
  conversation: string,
  { visitor, tool, messages }: Review,
): Promise<ListedShown> {
  const head = await conversations.find(visitor, tool, conversation);
  return { conversation, path: head?.path, messages: head?.next ?? messages };
}

/** Conversations open to review, and the verdicts on their replies. */
export class Reviews {
  constructor(private readonly kv: Kv) {}

  async get(conversation: string): Promise<Review | null> {
    return (await this.kv.get(feedbackKeys.review(conversation))).value;
  }

  /** The newest first, between two times and after a position, in batches of `limit`. */
  async *newest(
    span: { from: number; until: number; before: ReviewPlace | null; now: number },
    limit: number,
  ): AsyncGenerator<ListedReview[]> {
    const { before, now } = span;
    const from = Math.max(span.from, now - LIFE_MS);
    if ((before?.at ?? span.until) < from) return;
    const start: Deno.KvKey = ["review_order", from];
    let end: Deno.KvKey = before
      ? ["review_order", before.at, before.conversation]
      : ["review_order", span.until];
    for (;;) {
      const rows = await this.kv.list(
        { start, end },
        (path) => feedbackKeys.reviewOrder(Number(path[1]), String(path[2])),
        { limit, reverse: true },
      );
      const last = rows.at(-1);
      if (!last) return;
      end = last.path;
      const places = rows.map(({ path }) => ({
        at: Number(path[1]),
        conversation: String(path[2]),
      }));
      const reviews = await this.kv.getMany(
        places.map(({ conversation }) => feedbackKeys.review(conversation)),
      );
      yield places.flatMap((place, i) => {
        const review = reviews[i]?.value;
        // A conversation that continued meanwhile has another position.
        return review?.at === place.at ? [{ ...place, review }] : [];
      });
    }
  }

  /** Number of listed conversations, counted up to `most` (at most 1,000). */
  async count(now: number, most: number): Promise<number> {
    const rows = await this.kv.list(
      { start: ["review_order", now - LIFE_MS], end: ["review_order", Number.MAX_SAFE_INTEGER] },
      (path) => feedbackKeys.reviewOrder(Number(path[1]), String(path[2])),
      { limit: most },
    );
    return rows.length;
  }

  /** Administrators' verdicts on the replies of a conversation. */
  async verdicts(conversation: string): Promise<VerdictOf[]> {
    const rows = await this.kv.list(
      { prefix: ["verdict", conversation] },
      (path) => feedbackKeys.verdict(conversation, String(path[2]), String(path[3])),
    );
    return rows.map(({ path, value }) => ({
      ...value,
      message: String(path[2]),
      who: String(path[3]),
    }));
  }
}
