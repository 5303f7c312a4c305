import { ENGLISH_TURNS } from "../../locales/errors/turns_en.ts";
import type { Thumb } from "../../shared/views/chat_view.ts";

/** What people are told while conversations may be read, where the organisation has no words of its own. */
export const REVIEW_NOTICE = ENGLISH_TURNS.reviewed;

/** UTF-16 units of what a person says is wrong with a reply, and of a reviewer's note. */
export const LONGEST_REASON = 500;

/** What is said on the chat page, or null while nobody may read conversations. */
export function reviewNotice(review: { enabled: boolean; notice: string }): string | null {
  return review.enabled ? review.notice.trim() || REVIEW_NOTICE : null;
}

/** Whether what is said now may be read later. What admins try out themselves is nobody's conversation. */
export function mayBeReviewed(
  turn: { visitor: string; channel: string },
  review: { enabled: boolean },
): boolean {
  return review.enabled && turn.channel !== "preview" && !turn.visitor.startsWith("preview:");
}

/** How many found something good, and bad. */
export interface RatingCounts {
  up: number;
  down: number;
}

/** The counts when somebody thought `before` and now thinks `after`; null for no opinion. */
export function withRating(
  counts: RatingCounts,
  before: Thumb | null,
  after: Thumb | null,
): RatingCounts {
  const changed = (thumb: Thumb) => Number(after === thumb) - Number(before === thumb);
  return {
    up: Math.max(0, counts.up + changed("up")),
    down: Math.max(0, counts.down + changed("down")),
  };
}
