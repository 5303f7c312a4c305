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
      title="Delivery errors"
      lead="What did not reach people, the latest first, with what it means and what to do."
      place="Delivery errors"
    >
      {rows.length === 0
        ? (
          <p class="note good">
            Nothing is wrong, and nothing was with people who wrote in the last seven days.
          </p>
        )
        : (
          <ul class="kinds">
            {[...kinds].sort(([, a], [, b]) => b - a).map(([meaning, times]) => (
              <li key={meaning}>
                <span class="tag bad">{count(times)}×</span> {meaning}
              </li>
            ))}
          </ul>
        )}
      <ol class="rows">
        {rows.map((row) => (
          <li key={`${row.person} ${row.n}`}>
            <div class="entry">
              <p class="title">
                <span class={`tag ${row.level}`}>{row.state}</span>{" "}
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
      {more && <p class="meta">There are more; each is shown with its person.</p>}
    </WhatsAppAdminPage>
  );
}
