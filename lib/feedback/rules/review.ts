import { TURN_ERROR_TEXTS } from "../../locales/errors/turns/languages.ts";
import type { Language } from "../../shared/languages.ts";
import type { Thumb } from "../../shared/views/chat_view.ts";

/** Notice while conversations may be reviewed, unless the organisation sets its own. */
export const REVIEW_NOTICE = TURN_ERROR_TEXTS.en.reviewed;

/** Most UTF-16 units of a person's reason and of a reviewer's note. */
export const LONGEST_REASON = 500;

/** Notice for the chat page, or null while review is off. */
export function reviewNotice(
  review: { enabled: boolean; notice: string },
  language: Language,
): string | null {
  return review.enabled ? review.notice.trim() || TURN_ERROR_TEXTS[language].reviewed : null;
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
