import { letterOf } from "../shared/views/experiment_view.ts";
import type { MessageView } from "../shared/views/chat_view.ts";
import { usdString } from "../shared/money.ts";
import type { ReviewFilter, ReviewRow } from "../shared/views/review_view.ts";
import type { Review } from "./records.ts";
import { messageView } from "../chat/chat_pages.ts";
import { type Reviews, shownOf } from "./reviews.ts";
import { exportMarkdown } from "../chat/history/export.ts";
import { cursorOf, type ReviewMatch, type ReviewSearch } from "./review_search.ts";
import type { Clock } from "../platform/clock.ts";
import type { Conversations } from "../chat/conversations.ts";
import type { Ratings } from "./stored_ratings.ts";

interface Needs {
  store: { conversations: Conversations; ratings: Ratings; reviews: Reviews };
  clock: Clock;
}

export type ReviewFormat = "md" | "json";

/** Most conversations in one file. */
const MOST_EXPORTED = 1_000;
/** Conversations in one audit entry and one piece of the stream. */
const BATCH = 20;
/** Most conversations searched for one file. */
const MOST_SEARCHED = 20_000;

/** A conversation as a file, in pieces: only messages sent under the notice. */
export async function* exportForReview(
  deps: Needs,
  format: ReviewFormat,
  row: ReviewRow,
  review: Review,
): AsyncGenerator<string> {
  if (format === "md") {
    const about = { id: review.tool, name: row.tool };
    yield* exportMarkdown(about, new Date(deps.clock()), pieces(deps, row.id, review), {
      person: row.who,
    });
    return;
  }
  yield `${await asJson(deps, row, review, 1)}\n`;
}

/**
 * Conversations that match a filter as JSON Lines, one per line. The last line has their
 * number and the next cursor, so that a truncated file is recognisable.
 */
export async function* exportLines(
  deps: Needs,
  search: ReviewSearch,
  filter: ReviewFilter,
  cursor: string,
  note: (conversations: string[]) => Promise<void>,
): AsyncGenerator<string> {
  let found: ReviewMatch[] = [];
  let count = 0, searched = 0;
  let next: string | null = null;
  const send = async function* () {
    await note(found.map(({ conversation }) => conversation));
    const rows = await search.rowsOf(found);
    for (const [i, { review }] of found.entries()) {
      const row = rows[i];
      if (row) yield `${await asJson(deps, row, review)}\n`;
    }
    found = [];
  };
  for await (const { place, fitting } of search.each(filter, cursor)) {
    if (count === MOST_EXPORTED || searched === MOST_SEARCHED) break;
    next = cursorOf(place);
    searched++;
    if (!fitting) continue;
    count++;
    found.push(fitting);
    if (found.length === BATCH) yield* send();
  }
  if (found.length > 0) yield* send();
  const more = count === MOST_EXPORTED || searched === MOST_SEARCHED;
  yield `${JSON.stringify({ end: true, conversations: count, next: more ? next : null })}\n`;
}

async function* pieces(
  { store: { conversations } }: Needs,
  conversation: string,
  review: Review,
): AsyncGenerator<MessageView[]> {
  const shown = await shownOf(conversations, conversation, review);
  for await (const piece of conversations.all(shown, shown.messages)) {
    yield piece.filter(({ message }) => message.reviewable).map((each) => messageView(each));
  }
}

async function asJson(
  { store }: Needs,
  row: ReviewRow,
  review: Review,
  indent = 0,
): Promise<string> {
  const { id, who, channel, at, spent, simulated } = row;
  const [ratings, verdicts, shown] = await Promise.all([
    store.ratings.all(id),
    store.reviews.verdicts(id),
    shownOf(store.conversations, id, review),
  ]);
  const messages: unknown[] = [];
  for await (const piece of store.conversations.all(shown, shown.messages)) {
    for (const { number, message } of piece) {
      if (!message.reviewable) continue;
      const { role, text, reply } = message;
      const rating = ratings.get(message.id);
      messages.push({
        seq: number,
        role,
        text,
        at: new Date(message.at).toISOString(),
        channel: message.channel,
        ...(reply && {
          model: reply.model,
          ...(reply.insteadOf ? { insteadOf: reply.insteadOf.model } : {}),
          usd: usdString(reply.cost.usd),
          basis: reply.cost.basis,
          simulated: reply.cost.simulated,
          reason: reply.reason,
          toolVersion: reply.version ?? null,
          variant: letterOf(reply.variant),
          rating: rating ? { verdict: rating.verdict, reason: rating.reason } : null,
          verdicts: verdicts.filter((each) => each.message === message.id)
            .map(({ who, verdict, note, at }) => ({
              who,
              verdict,
              note,
              at: new Date(at).toISOString(),
            })),
        }),
      });
    }
  }
  return JSON.stringify(
    {
      version: 1,
      id,
      who,
      tool: { id: review.tool, name: row.tool },
      channel,
      at: new Date(at).toISOString(),
      usd: usdString(spent),
      simulated,
      reviewedBy: row.reviewedBy,
      messages,
    },
    null,
    indent,
  );
}
