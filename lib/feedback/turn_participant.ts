import type { TurnParticipant } from "../chat/participants.ts";
import { lastAttempt } from "../metering/calls/call_steps.ts";
import { retainedFamily } from "../chat/history/retained.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";
import { feedbackKeys } from "./records.ts";
import { listForReview, takeOffList } from "./review_listing.ts";
import type { Reviews } from "./reviews.ts";
import { mayBeReviewed } from "./rules/review.ts";
import type { Ratings } from "./stored_ratings.ts";

/**
 * Feedback's part in turns and deletions.
 * A settled turn lists its conversation for review; a deleted conversation loses its ratings,
 * verdicts and list entry.
 */
export function feedbackParticipant(
  { settings, ratings, reviews }: {
    settings: StoredSettings;
    ratings: Ratings;
    reviews: Reviews;
  },
): TurnParticipant {
  return {
    name: "feedback",
    begin: (turn) => ({
      reviewable: !turn.unread && mayBeReviewed(turn, settings.current.review),
    }),
    settle: (running, outcome) =>
      running.reviewable
        ? {
          reads: [feedbackKeys.review(running.conversation)],
          run: (tx, settled) => {
            if (!settled.kept) return 0n;
            const { simulated } = lastAttempt(running);
            listForReview(tx, running, { at: outcome.at, simulated }, settled);
            return 0n;
          },
        }
        : null,
    erase: ({ visitor, tool, conversation }) => {
      const key = feedbackKeys.review(conversation);
      return {
        reads: [key],
        messages: (tx) => {
          // The conversation may be another visitor's.
          const listed = tx.get(key);
          return listed?.visitor === visitor && listed.tool === tool ? listed.messages : null;
        },
        run: (tx) => takeOffList(tx, conversation),
      };
    },
    kept: async (conversation) => {
      const [rated, judged] = await Promise.all([
        ratings.all(conversation),
        reviews.verdicts(conversation),
      ]);
      return [
        ...[...rated.keys()].map((id) => feedbackKeys.rating(conversation, id)),
        ...judged.map(({ message, who }) => feedbackKeys.verdict(conversation, message, who)),
      ];
    },
    retained: [
      retainedFamily(
        "review",
        (conversation = "") => feedbackKeys.review(conversation),
        ({ visitor, tool, at }, _, [conversation = ""]) => ({
          conversation: { visitor, tool, conversation, usedAt: at, running: false },
        }),
      ),
    ],
  };
}
