import { ENGLISH_TURNS } from "../../locales/errors/turns_en.ts";
import type { Thumb } from "../../shared/views/chat_view.ts";

/** Notice while conversations may be reviewed, unless the organisation sets its own. */
export const REVIEW_NOTICE = ENGLISH_TURNS.reviewed;

/** Most UTF-16 units of a person's reason and of a reviewer's note. */
export const LONGEST_REASON = 500;

/** Notice for the chat page, or null while review is off. */
export function reviewNotice(review: { enabled: boolean; notice: string }): string | null {
  return review.enabled ? review.notice.trim() || REVIEW_NOTICE : null;
}

/** Whether a turn may be reviewed later. Administrators' trials are not. */
export function mayBeReviewed(
  turn: { visitor: string; channel: string },
  review: { enabled: boolean },
): boolean {
  return review.enabled && turn.channel !== "preview" && !turn.visitor.startsWith("preview:");
}

export interface RatingCounts {
  up: number;
  down: number;
}

/** The counts when a rating changes from `before` to `after`; null for none. */
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
