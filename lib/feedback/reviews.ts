import type { Conversations } from "../chat/conversations.ts";
import { CONVERSATION_DAYS, type Shown } from "../chat/records.ts";
import { feedbackKeys, type Review, type Verdict } from "./records.ts";
import type { Kv } from "../store/kv.ts";

const LIFE_MS = CONVERSATION_DAYS * 24 * 60 * 60_000;

/** A place in the list of conversations for review, which begins with the newest. */
export interface ReviewPlace {
  at: number;
  conversation: string;
}

export interface ListedReview extends ReviewPlace {
  review: Review;
}

/** What one admin thinks of one reply. */
export interface VerdictOf extends Verdict {
  message: string;
  who: string;
}

/** A listed conversation as its person sees it now. */
export interface ListedShown extends Shown {
  messages: number;
}

/** The path that a listed conversation is shown by, and how long it is. */
export async function shownOf(
  conversations: Conversations,
  conversation: string,
  { visitor, tool, messages }: Review,
): Promise<ListedShown> {
  const head = await conversations.find(visitor, tool, conversation);
  return { conversation, path: head?.path, messages: head?.next ?? messages };
}

/** Conversations that may be looked at for quality, and what was thought of them. */
export class Reviews {
  constructor(private readonly kv: Kv) {}

  async get(conversation: string): Promise<Review | null> {
    return (await this.kv.get(feedbackKeys.review(conversation))).value;
  }

  /** The newest first, between two times and before a place, in pieces of `limit`. */
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
        // One that went on in the meantime stands in another place.
        return review?.at === place.at ? [{ ...place, review }] : [];
      });
    }
  }

  /** How many are listed, counted up to a most of at most 1,000. */
  async count(now: number, most: number): Promise<number> {
    const rows = await this.kv.list(
      { start: ["review_order", now - LIFE_MS], end: ["review_order", Number.MAX_SAFE_INTEGER] },
      (path) => feedbackKeys.reviewOrder(Number(path[1]), String(path[2])),
      { limit: most },
    );
    return rows.length;
  }

  /** What admins think of the replies of a conversation. */
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
