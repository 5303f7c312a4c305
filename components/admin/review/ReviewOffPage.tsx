import { AdminPage } from "../AdminPage.tsx";
import { count } from "../costs/formats.ts";

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
      lead="Quality review is off. Nobody can read conversations."
      actions={<a class="btn pri" href="/admin/settings">Open the settings</a>}
    >
      <section class="panel" aria-labelledby="review-does">
        <header>
          <h2 id="review-does">What switching it on does</h2>
        </header>
        <div class="pad stack">
          <p>
            Conversations can then be read, searched, judged, exported and deleted here, to find out
            where a tool helps and where it does not.
          </p>
          <p>
            People are told on the chat page, before they write and while they do, and on WhatsApp
            before anything is readable:
          </p>
          <blockquote class="quote" dir="auto">{notice}</blockquote>
          <p>Only what is sent from then on can be read; nothing that was sent before.</p>
          <p>People have no names here, and their numbers are not shown.</p>
          <p>
            Whoever looks at a conversation, judges, exports or deletes it is noted in the audit
            log.
          </p>
        </div>
      </section>
      {kept > 0 && (
        <p class="alert calm">
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
