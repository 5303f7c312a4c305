import type { KeptKind } from "../../shared/views/admin_view.ts";

/** What each kind of kept records is, and from when its time counts. */
export const KEPT_TEXTS: Readonly<Record<KeptKind, { title: string; since: string }>> = {
  conversations: { title: "Conversations", since: "after the last message" },
  messages: { title: "Messages and replies", since: "with their conversation" },
  files: { title: "Pictures and recordings", since: "with their conversation" },
  ratings: { title: "Ratings by people", since: "with their conversation" },
  verdicts: { title: "Judgements of reviewers", since: "with their conversation" },
  notes: { title: "Notes of tools that remember", since: "after the conversation" },
  links: { title: "Read-only links", since: "after they were made" },
  people: { title: "People on WhatsApp", since: "so that their STOP holds" },
  sent: { title: "Messages sent on WhatsApp", since: "after they were written" },
  participants: { title: "People in A/B tests", since: "after their last turn in one" },
  bin: { title: "Deleted tools", since: "after they were deleted" },
  errors: { title: "Requests with an error", since: "after their day" },
  ledger: { title: "Entries of the ledger", since: "amounts, without any text" },
  audit: { title: "Entries of the audit log", since: "so that changes can be traced" },
};

/** A time of retention. */
export function keptFor(days: number | null): string {
  if (days === null) return "No limit";
  return days === 1 ? "1 day" : `${days.toLocaleString("en")} days`;
}
