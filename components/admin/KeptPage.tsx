import { KEPT_TEXTS, keptFor } from "../../lib/locales/admin/kept.ts";
import type { KeptRow } from "../../lib/shared/views/admin_view.ts";
import { AdminForm } from "./AdminForm.tsx";
import { AdminPage } from "./AdminPage.tsx";
import { SettingsTabs } from "./settings/SettingsTabs.tsx";
import { When } from "./When.tsx";

interface KeptPageProps {
  token: string;
  rows: readonly KeptRow[];
  /** End of the last round of deletions; null before the first. */
  deletedAt: number | null;
  timeZone: string;
}

/** What is stored: how many records of each kind, the oldest, and how long they are kept. */
export function KeptPage({ token, rows, deletedAt, timeZone }: KeptPageProps) {
  const counted = rows.some(({ figures }) => figures !== null);
  return (
    <AdminPage
      title="Kept data"
      lead="How long each kind of data is kept, how much there is, and how old it is. What is older is deleted for good, as a rule within an hour."
      actions={
        <AdminForm token={token} class="acts">
          <button class="btn pri" name="action" value="count" type="submit">
            {counted ? "Count again" : "Count now"}
          </button>
        </AdminForm>
      }
    >
      <SettingsTabs current="/admin/kept" />
      <div class="stack">
        <section class="panel">
          <table class="t cards" role="table">
            <caption class="sr">Kept data</caption>
            <thead role="rowgroup">
              <tr role="row">
                <th role="columnheader" scope="col">Kind</th>
                <th role="columnheader" scope="col">Kept for</th>
                <th role="columnheader" scope="col" class="n">Number</th>
                <th role="columnheader" scope="col">Oldest</th>
              </tr>
            </thead>
            <tbody role="rowgroup">
              {rows.map((row) => <Row key={row.kind} row={row} timeZone={timeZone} />)}
            </tbody>
          </table>
        </section>
        <p class="meta">
          {!counted && "Counting reads the whole store; it takes some seconds for a large one. "}
          {deletedAt === null ? "The first look for old data is still under way." : (
            <>
              Last look for old data: <When at={deletedAt} timeZone={timeZone} />.
            </>
          )} Conversations are kept as long as the <a href="/admin/settings#retention">settings</a>
          {" "}
          say. <a href="/admin/backups">Backups</a>{" "}
          have their own times: what was deleted since is deleted again when one is restored.
        </p>
      </div>
    </AdminPage>
  );
}

function Row({ row: { kind, days, figures }, timeZone }: { row: KeptRow; timeZone: string }) {
  const { title, since } = KEPT_TEXTS[kind];
  const oldest = figures?.oldest ?? null;
  return (
    <tr role="row">
      <th role="rowheader" scope="row">{title}</th>
      <td role="cell" data-l="Kept for">
        {keptFor(days)} <span class="meta">{since}</span>
      </td>
      <td role="cell" data-l="Number" class="n">
        {figures === null ? "–" : figures.count.toLocaleString("en")}
      </td>
      <td role="cell" data-l="Oldest">
        {oldest === null ? "–" : <When at={oldest} timeZone={timeZone} />}
      </td>
    </tr>
  );
}
