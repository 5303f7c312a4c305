import { findWords, firstWords, wordsOf } from "./rules/text_search.ts";
import type { ReviewFilter, ReviewList, ReviewRow } from "../shared/views/review_view.ts";
import type { Review } from "./records.ts";
import { type ListedReview, type ReviewPlace, type Reviews, shownOf } from "./reviews.ts";
import { pseudonymOf } from "../people/pseudonym.ts";
import type { Calendar } from "../platform/calendar.ts";
import { isDay } from "../settings/rules/form_values.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tools } from "../tools/stored_tools.ts";
import type { Conversations } from "../chat/conversations.ts";

interface Needs {
  store: { reviews: Reviews; tools: Tools; conversations: Conversations };
  calendar: Calendar;
  clock: Clock;
}

/**
 * Conversations, and characters, searched for one page; a longer search continues with its
 * cursor.
 */
const MOST_CONVERSATIONS = 500;
const MOST_CHARACTERS = 20_000_000;
const BATCH = 100;
const FIRST = 0, LAST = Date.UTC(9999, 11, 31);

/** A conversation that matches a filter. */
export interface ReviewMatch extends ListedReview {
  excerpt: ReviewRow["excerpt"];
}

/** Searches the conversations that are open to review. */
export class ReviewSearch {
  constructor(private readonly deps: Needs) {}

  /**
   * The matches, newest first, and null for each conversation that does not match.
   * So the caller knows the position reached, and can stop.
   */
  async *each(
    filter: ReviewFilter,
    cursor: string,
  ): AsyncGenerator<{ place: ReviewPlace; fitting: ReviewMatch | null; characters: number }> {
    const { store, calendar, clock } = this.deps;
    const from = isDay(filter.from) ? calendar.startOf(filter.from) : FIRST;
    const until = isDay(filter.to) ? calendar.endOfDay(calendar.startOf(filter.to)) : LAST;
    const place = placeOf(cursor);
    const before = place !== null && place.at < until ? place : null;
    const words = wordsOf(filter.text);
    const span = { from, until, before, now: clock() };
    for await (const piece of store.reviews.newest(span, BATCH)) {
      for (const listed of piece) {
        const fits = fitsRecord(listed.review, filter);
        const { excerpt, characters } = fits && words.length > 0
          ? await this.search(listed, words)
          : { excerpt: null, characters: 0 };
        const found = fits && (words.length === 0 || excerpt !== null);
        yield { place: listed, fitting: found ? { ...listed, excerpt } : null, characters };
      }
    }
  }

  async page(filter: ReviewFilter, cursor: string, limit: number): Promise<ReviewList> {
    const found: ReviewMatch[] = [];
    let searched = 0, read = 0;
    let next: string | null = null;
    for await (const { place, fitting, characters } of this.each(filter, cursor)) {
      if (next !== null) return { rows: await this.rowsOf(found), next, searched };
      searched++;
      read += characters;
      if (fitting) found.push(fitting);
      const enough = found.length === limit || searched === MOST_CONVERSATIONS ||
        read > MOST_CHARACTERS;
      // A further match begins the next page.
      if (enough) next = cursorOf(place);
    }
    return { rows: await this.rowsOf(found), next: null, searched };
  }

  async rowsOf(found: readonly ReviewMatch[]): Promise<ReviewRow[]> {
    const { tools, conversations } = this.deps.store;
    const [all, shown] = await Promise.all([
      tools.list(),
      Promise.all(
        found.map(({ conversation, review }) => shownOf(conversations, conversation, review)),
      ),
    ]);
    const first = await conversations.iterate(
      found.flatMap(({ review }, i) => {
        const each = shown[i];
        return each ? [{ shown: each, number: review.first }] : [];
      }),
    );
    return found.map(({ conversation, at, review, excerpt }, i) => {
      const question = first[i];
      return {
        id: conversation,
        who: pseudonymOf(review.visitor),
        tool: all.find(({ id }) => id === review.tool)?.name ?? review.tool,
        channel: review.channel,
        at,
        messages: shown[i]?.messages ?? review.messages,
        spent: review.spent,
        simulated: review.simulated,
        up: review.up,
        down: review.down,
        words: question?.reviewable ? firstWords(question.text) : "",
        excerpt,
        reviewedBy: reviewedSince(review),
      };
    });
  }

  private async search({ conversation, review }: ListedReview, words: string[]) {
    let characters = 0;
    const { conversations } = this.deps.store;
    const shown = await shownOf(conversations, conversation, review);
    for await (const piece of conversations.all(shown, shown.messages)) {
      for (const { message } of piece) {
        if (!message.reviewable) continue;
        characters += message.text.length;
        const excerpt = findWords(message.text, words);
        if (excerpt) return { excerpt, characters };
      }
    }
    return { excerpt: null, characters };
  }
}

/** The cursor of a page's end. */
export function cursorOf({ at, conversation }: ReviewPlace): string {
  return `${at}.${conversation}`;
}

/** Administrators who marked it as reviewed since its last turn. */
export function reviewedSince({ reviewed, at }: Review): string[] {
  return Object.entries(reviewed).filter(([, when]) => when >= at).map(([who]) => who);
}

function fitsRecord(review: Review, filter: ReviewFilter): boolean {
  const { tool, channel, rating, unreviewed } = filter;
  if (tool !== "" && review.tool !== tool) return false;
  if (channel !== "" && review.channel !== channel) return false;
  if (unreviewed && reviewedSince(review).length > 0) return false;
  if (rating === "") return true;
  return rating === "none" ? review.up + review.down === 0 : review[rating] > 0;
}

function placeOf(cursor: string): ReviewPlace | null {
  const [, at, conversation] = /^(\d{1,15})\.([\w-]{1,40})$/.exec(cursor) ?? [];
  return at === undefined || conversation === undefined ? null : { at: Number(at), conversation };
}
