import type { AuditView } from "../../../lib/shared/views/admin_view.ts";
import { AdminPage } from "../AdminPage.tsx";
import { AuditLine } from "./AuditLine.tsx";
import { type AuditSearchFields, AuditSearchForm } from "./AuditSearchForm.tsx";

interface AuditPageProps {
  /** The entries by days, newest first. */
  days: readonly { day: string; label: string; entries: readonly AuditView[] }[];
  /** Names of tools by their ids. */
  names: Readonly<Record<string, string>>;
  filter: AuditSearchFields;
  timeZone: string;
  /** True on every page but the newest. */
  older: boolean;
  /** Next older page, or null. */
  nextHref: string | null;
  /** Newest page with the same filter. */
  newestHref: string;
}

/** Audit log in sentences, day by day. */
export function AuditPage(props: AuditPageProps) {
  const { days, names, filter, timeZone, older, nextHref, newestHref } = props;
  const filtered = Object.values(filter).some((value) => value !== "");
  return (
    <AdminPage title="Audit" lead="Who changed or read what. Nothing is ever taken out.">
      <AuditSearchForm filter={filter} filtered={filtered} timeZone={timeZone} />
      {days.length === 0 && (
        <p class="panel empty" role="status">
          {filtered ? "Nothing fits this search here." : "Nothing has been done yet."}
        </p>
      )}
      <div class="stack audit">
        {days.map(({ day, label, entries }) => (
          <section key={day} class="panel" aria-labelledby={`day-${day}`}>
            <header>
              <h2 id={`day-${day}`}>{label}</h2>
            </header>
            <ol class="rows">
              {entries.map((entry) => (
                <AuditLine key={entry.id} entry={entry} names={names} timeZone={timeZone} />
              ))}
            </ol>
          </section>
        ))}
      </div>
      {(older || nextHref !== null) && (
        <nav class="acts pager" aria-label="Pages of the log">
          {older && <a class="btn" href={newestHref}>Newest</a>}
          {nextHref !== null && <a class="btn" href={nextHref}>Older</a>}
        </nav>
      )}
    </AdminPage>
  );
}
