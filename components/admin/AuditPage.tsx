import type { AuditView } from "../../lib/shared/views/admin_view.ts";
import { AdminPage } from "./AdminPage.tsx";
import { When } from "./When.tsx";

interface Filter {
  action: string;
  who: string;
  thing: string;
  from: string;
  to: string;
}

interface AuditPageProps {
  entries: AuditView[];
  filter: Filter;
  timeZone: string;
  /** True on every page but the newest. */
  older: boolean;
  /** Next older page, or null. */
  nextHref: string | null;
  /** Newest page with the same filter. */
  newestHref: string;
}

/** Audit log: actor, action, time and the earlier value. */
export function AuditPage(props: AuditPageProps) {
  const { entries, filter, timeZone, older, nextHref, newestHref } = props;
  const filtered = Object.values(filter).some((value) => value !== "");
  return (
    <AdminPage
      title="Audit"
      lead="Every change in this area, with who made it. Nothing is ever taken out."
    >
      <Search filter={filter} filtered={filtered} timeZone={timeZone} />
      {entries.length === 0 && (
        <p class="note" role="status">
          {filtered ? "Nothing fits this search here." : "Nothing has been done yet."}
        </p>
      )}
      <ol class="rows audit">
        {entries.map((entry) => <Entry key={entry.id} entry={entry} timeZone={timeZone} />)}
      </ol>
      {(older || nextHref !== null) && (
        <nav class="pager" aria-label="Pages of the log">
          {older && <a class="button" href={newestHref}>Newest</a>}
          {nextHref !== null && <a class="button" href={nextHref}>Older</a>}
        </nav>
      )}
    </AdminPage>
  );
}

function Entry({ entry, timeZone }: { entry: AuditView; timeZone: string }) {
  const { at, who, action, thing, changes } = entry;
  return (
    <li>
      <div class="entry">
        <p class="title">
          <code>{action}</code> <bdi>{thing}</bdi>
        </p>
        <p class="meta">
          <When at={at} timeZone={timeZone} /> · <bdi>{who}</bdi>
        </p>
        {changes.length > 0 && (
          <details>
            <summary class="link">
              What changed<span class="sr">by {action} {thing}</span>
            </summary>
            <Changes changes={changes} />
          </details>
        )}
      </div>
    </li>
  );
}

function Changes({ changes }: Pick<AuditView, "changes">) {
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label="What changed">
      <table class="grid">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ field, before, after }) => (
            <tr key={field}>
              <th scope="row">{field}</th>
              <td dir="auto">{before}</td>
              <td dir="auto">{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Search(props: { filter: Filter; filtered: boolean; timeZone: string }) {
  const { filter, filtered, timeZone } = props;
  return (
    <form class="filter" method="get" role="search" aria-label="Search the log">
      <Text name="action" label="Action" value={filter.action} placeholder="tool.change" />
      <Text name="who" label="Person" value={filter.who} />
      <Text name="thing" label="Thing" value={filter.thing} placeholder="tool:…" />
      <label class="field">
        <span>From</span>
        <input type="date" name="from" value={filter.from} />
      </label>
      <label class="field">
        <span>To</span>
        <input type="date" name="to" value={filter.to} />
      </label>
      <div class="form-actions">
        <button class="button primary" type="submit">Search</button>
        {filtered && <a class="button" href="/admin/audit">Show all</a>}
        <span class="meta">Days and times: {timeZone}</span>
      </div>
    </form>
  );
}

function Text(props: { name: string; label: string; value: string; placeholder?: string }) {
  const { name, label, value, placeholder } = props;
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="text"
        name={name}
        value={value}
        placeholder={placeholder}
        autocapitalize="none"
        spellcheck={false}
        maxLength={100}
      />
    </label>
  );
}
