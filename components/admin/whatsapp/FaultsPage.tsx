import type { FaultRow } from "../../../lib/shared/views/whatsapp_admin_view.ts";
import { count } from "../costs/formats.ts";
import { When } from "../When.tsx";
import { FaultNote } from "./FaultNote.tsx";
import { WhatsAppAdminPage } from "./WhatsAppAdminPage.tsx";

interface FaultsPageProps {
  rows: readonly FaultRow[];
  /** More rows exist than are shown. */
  more: boolean;
  timeZone: string;
}

/** Failed messages and the explanation of each error code. */
export function FaultsPage({ rows, more, timeZone }: FaultsPageProps) {
  const kinds = new Map<string, number>();
  for (const { fault: { meaning } } of rows) kinds.set(meaning, (kinds.get(meaning) ?? 0) + 1);
  return (
    <WhatsAppAdminPage
      title="Not sent"
      lead="What did not reach people, the latest first, with what it means and what to do."
      place="Not sent"
    >
      <div class="stack">
        {rows.length === 0
          ? (
            <p class="panel empty">
              Everything reached the people who wrote in the last seven days.
            </p>
          )
          : (
            <ul class="panel rows kinds">
              {[...kinds].sort(([, a], [, b]) => b - a).map(([meaning, times]) => (
                <li key={meaning} class="row">
                  <span class="chip bad">{count(times)}×</span> {meaning}
                </li>
              ))}
            </ul>
          )}
        <ol class="panel rows" hidden={rows.length === 0}>
          {rows.map((row) => (
            <li key={`${row.person} ${row.n}`} class="row">
              <div class="g">
                <p>
                  <span class={`chip ${row.level}`}>{row.state}</span>{" "}
                  <a class="number" href={`/admin/whatsapp/people/${row.person}#o${row.n}`}>
                    {row.number}
                  </a>
                </p>
                <FaultNote fault={row.fault} />
                <p class="meta">
                  <When at={row.at} timeZone={timeZone} />
                </p>
              </div>
            </li>
          ))}
        </ol>
      </div>
      {more && <p class="meta">There are more; each is shown with its person.</p>}
    </WhatsAppAdminPage>
  );
}
