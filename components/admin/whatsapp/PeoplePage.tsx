import { formatUsd } from "../../../lib/shared/money.ts";
import type { PeopleList, PersonRow } from "../../../lib/shared/views/whatsapp_admin_view.ts";
import { PEOPLE_FILTERS, type PeopleFilter } from "../../../lib/shared/views/whatsapp_view.ts";
import { count } from "../costs/formats.ts";
import { When } from "../When.tsx";
import { PersonMarks } from "./PersonMarks.tsx";
import { WhatsAppAdminPage } from "./WhatsAppAdminPage.tsx";

interface PeoplePageProps {
  list: PeopleList;
  filter: PeopleFilter;
  digits: string;
  timeZone: string;
  newestHref: string | null;
  nextHref: string | null;
}

const FILTERS: Readonly<Record<PeopleFilter, string>> = {
  all: "Any",
  takenOver: "Taken over by a person",
  failing: "Something was not delivered",
  linked: "Linked with the web",
  optedOut: "Opted out",
  blocked: "Blocked",
};

/** People on WhatsApp, most recent message first. */
export function PeoplePage(props: PeoplePageProps) {
  const { list, filter, digits, timeZone, newestHref, nextHref } = props;
  const { rows, total } = list;
  const filtered = filter !== "all" || digits !== "";
  return (
    <WhatsAppAdminPage
      title="People on WhatsApp"
      lead="Who wrote, the latest first. Numbers are masked."
      place="People"
    >
      <form class="filter" method="get" role="search" aria-label="Search people">
        <label class="field">
          <span>Last digits of the number</span>
          <input
            class="in"
            type="search"
            name="digits"
            value={digits}
            inputMode="numeric"
            autocomplete="off"
            maxLength={15}
          />
        </label>
        <label class="field">
          <span>Status</span>
          <select class="in" name="filter">
            {PEOPLE_FILTERS.map((each) => (
              <option key={each} value={each} selected={each === filter}>{FILTERS[each]}</option>
            ))}
          </select>
        </label>
        <div class="acts">
          <button class="btn" type="submit">Search</button>
          {filtered && <a class="btn" href="/admin/whatsapp/people">Show all</a>}
        </div>
      </form>
      <div class="stack">
        <p class="meta" role="status">{summary(total, filtered)}</p>
        {total === 0 && !filtered && (
          <p class="panel empty">
            <span>
              Nobody has written yet. <a href="/admin/whatsapp/simulator">Try the simulator</a>{" "}
              to see what they will see.
            </span>
          </p>
        )}
        <ol class="panel rows people" hidden={rows.length === 0}>
          {rows.map((row) => <Row key={row.id} row={row} timeZone={timeZone} />)}
        </ol>
      </div>
      {(newestHref !== null || nextHref !== null) && (
        <nav class="acts pager" aria-label="Pages of people">
          {newestHref !== null && <a class="btn" href={newestHref}>Latest</a>}
          {nextHref !== null && <a class="btn" href={nextHref}>Earlier</a>}
        </nav>
      )}
    </WhatsAppAdminPage>
  );
}

function summary(total: number, filtered: boolean): string {
  if (total === 0) return filtered ? "Nobody fits." : "";
  return total === 1 ? "One person." : `${count(total)} people.`;
}

function Row({ row, timeZone }: { row: PersonRow; timeZone: string }) {
  const { id, number, tool, at, spent } = row;
  return (
    <li class="row wrap link">
      <div class="g">
        <p>
          <a class="number" href={`/admin/whatsapp/people/${id}`}>{number}</a>
        </p>
        <p class="meta">
          {tool ?? "no tool chosen"} · {at === null ? "has not written" : (
            <>
              wrote <When at={at} timeZone={timeZone} />
            </>
          )} · <WindowEnd row={row} timeZone={timeZone} /> · {formatUsd(spent)}
        </p>
      </div>
      <PersonMarks row={row} timeZone={timeZone} />
    </li>
  );
}

/** End of the window, or that it is closed. */
function WindowEnd({ row: { openUntil }, timeZone }: { row: PersonRow; timeZone: string }) {
  if (openUntil === null) return <>window closed</>;
  return (
    <>
      open until <When at={openUntil} timeZone={timeZone} />
    </>
  );
}
