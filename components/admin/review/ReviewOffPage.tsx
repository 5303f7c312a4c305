import { AdminPage } from "../AdminPage.tsx";
import { count } from "../costs/formats.ts";
import { ReviewStyles } from "./ReviewStyles.tsx";

/** The server counts no further. */
const MANY = 1_000;

interface ReviewOffPageProps {
  /** Notice shown to people during review. */
  notice: string;
  /** Number of conversations that review would open. */
  kept: number;
  /** Retention of conversations, in days. */
  days: number;
}

/** Explains review while it is off; shows no conversation. */
export function ReviewOffPage({ notice, kept, days }: ReviewOffPageProps) {
  return (
    <AdminPage
      title="Conversations"
      lead="Switched off: nobody here can read what people write."
      actions={<a class="button primary" href="/admin/settings">Open the settings</a>}
    >
      <ReviewStyles />
      <p>
        Switched on in the settings, conversations can be read, searched, judged, exported and
        deleted here, to find out where a tool helps and where it does not.
      </p>
      <ul class="points">
        <li>
          People are told on the chat page, before they write and while they do, and on WhatsApp
          before anything is readable:
        </li>
        <li class="quoted">
          <blockquote dir="auto">{notice}</blockquote>
        </li>
        <li>Only what is sent from then on can be read; nothing that was sent before.</li>
        <li>People have no names here, and their numbers are not shown.</li>
        <li>
          Whoever looks at a conversation, judges, exports or deletes it is noted in the audit log.
        </li>
      </ul>
      {kept > 0 && (
        <p class="note">
          {kept === 1
            ? "One conversation was"
            : `${kept < MANY ? "" : "More than "}${count(kept)} conversations were`}{" "}
          open for review while it was on. They stay with the people who wrote them, until these
          delete them or {days}{" "}
          days have passed; what was judged stays beside them. None of it is shown until it is
          switched on again.
        </p>
      )}
    </AdminPage>
  );
}
