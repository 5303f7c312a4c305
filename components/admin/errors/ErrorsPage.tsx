import type { FailedRequestView } from "../../../lib/shared/views/admin_view.ts";
import { AdminPage } from "../AdminPage.tsx";
import { When } from "../When.tsx";

interface ErrorsPageProps {
  requests: readonly FailedRequestView[];
  /** The searched reference, or "". */
  id: string;
  /** "faults", "refusals" or "" for both. */
  kind: string;
  /** Further ones that were not kept. */
  left: number;
  /** How long they are kept. */
  days: number;
  timeZone: string;
}

/** Requests that ended with an error, by the reference that people see on the error page. */
export function ErrorsPage({ requests, id, kind, left, days, timeZone }: ErrorsPageProps) {
  const filtered = id !== "" || kind !== "";
  return (
    <AdminPage
      title="Errors"
      lead={`What was answered with an error in the last ${days} days. Every error page shows a reference, by which it is found here; addresses and texts are not kept.`}
    >
      <form class="filter" method="get" role="search" aria-label="Search errors">
        <label class="field">
          <span>Reference</span>
          <input
            class="in"
            type="text"
            name="id"
            value={id}
            autocapitalize="none"
            autocomplete="off"
            spellcheck={false}
            maxLength={40}
          />
        </label>
        <label class="field">
          <span>Kind</span>
          <select class="in" name="kind">
            <option value="">All errors</option>
            <option value="faults" selected={kind === "faults"}>Faults of the program</option>
            <option value="refusals" selected={kind === "refusals"}>Refused requests</option>
          </select>
        </label>
        <div class="acts">
          <button class="btn" type="submit">Search</button>
          {filtered && <a class="btn" href="/admin/errors">Show all</a>}
          <span class="meta">Times: {timeZone}</span>
        </div>
      </form>
      {requests.length === 0
        ? <p class="panel empty" role="status">{nothing(id, filtered, days)}</p>
        : (
          <ol class="panel rows">
            {requests.map((request) => (
              <Row key={request.id} request={request} timeZone={timeZone} />
            ))}
          </ol>
        )}
      {left > 0 && (
        <p class="meta">
          {left.toLocaleString("en")}{" "}
          more were not kept: of a day, the latest 150 faults and 100 refusals are. The log has them
          all.
        </p>
      )}
    </AdminPage>
  );
}

function Row({ request, timeZone }: { request: FailedRequestView; timeZone: string }) {
  const { id, at, method, route, status, code } = request;
  return (
    <li class="row">
      <div class="g">
        <p>
          <span class={`chip ${status >= 500 ? "bad" : ""}`}>{status}</span> <code>{code}</code>
        </p>
        <p class="meta">
          <bdi>{method}</bdi> {route === null ? "an address without a page" : <code>{route}</code>}
        </p>
      </div>
      <p class="meta">
        <When at={at} timeZone={timeZone} />
        <br />
        <code>{id}</code>
      </p>
    </li>
  );
}

function nothing(id: string, filtered: boolean, days: number): string {
  if (id !== "") {
    return "Nothing is kept under this reference. It may be older, or the log alone has it.";
  }
  return filtered ? "Nothing of this kind." : `No request failed in the last ${days} days.`;
}
