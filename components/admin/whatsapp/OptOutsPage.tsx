import type { OptOutRow } from "../../../lib/shared/views/whatsapp_admin_view.ts";
import { count } from "../costs/formats.ts";
import { When } from "../When.tsx";
import { WhatsAppAdminPage } from "./WhatsAppAdminPage.tsx";

interface OptOutsPageProps {
  rows: readonly OptOutRow[];
  total: number;
  nextHref: string | null;
  timeZone: string;
}

/** People who opted out; only they can opt in again. */
export function OptOutsPage({ rows, total, nextHref, timeZone }: OptOutsPageProps) {
  return (
    <WhatsAppAdminPage
      title="Opted out"
      lead="Who sent STOP. Nothing goes to them, also not by hand, until they send START."
      place="Opted out"
    >
      <p class={total === 0 ? "panel empty" : "meta"} role="status">
        {total === 0
          ? "Nobody has opted out."
          : total === 1
          ? "One person."
          : `${count(total)} people.`}
      </p>
      <ol class="panel rows" hidden={rows.length === 0}>
        {rows.map(({ person, number, at }) => (
          <li key={person} class="row">
            <p class="g">
              <a class="number" href={`/admin/whatsapp/people/${person}`}>{number}</a>
            </p>
            <p class="meta">
              wrote last <When at={at} timeZone={timeZone} />
            </p>
          </li>
        ))}
      </ol>
      {nextHref !== null && (
        <nav class="acts pager" aria-label="Pages of opt-outs">
          <a class="btn" href={nextHref}>Earlier</a>
        </nav>
      )}
    </WhatsAppAdminPage>
  );
}
