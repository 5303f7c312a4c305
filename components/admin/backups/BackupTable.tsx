import { backupHeading, backupText, sizeText } from "../../../lib/locales/admin/backups.ts";
import type { BackupRow } from "../../../lib/shared/views/backup_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminIcon } from "../AdminIcon.tsx";
import { MenuAction, MenuLink } from "../MenuEntries.tsx";

/** How many backups are kept. */
export interface KeptBackups {
  days: number;
  weeks: number;
  months: number;
}

interface BackupTableProps {
  token: string;
  rows: readonly BackupRow[];
  /** Whether one is made, proven or restored now. */
  busy: boolean;
  kept: KeptBackups;
  timeZone: string;
  now: number;
}

const whole = new Intl.NumberFormat("en");

/** The backups that are kept, the newest first. */
export function BackupTable({ token, rows, busy, kept, ...where }: BackupTableProps) {
  return (
    <section class="panel" aria-labelledby="backups">
      <header>
        <h2 id="backups">Backups</h2>
      </header>
      <table class="t cards c3" role="table">
        <caption class="sr">Backups</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">Made</th>
            <th role="columnheader" scope="col" class="n">Records</th>
            <th role="columnheader" scope="col" class="n">Size</th>
            <th role="columnheader" scope="col">Proven</th>
            <th role="columnheader" scope="col">
              <span class="sr">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr role="row" key={row.name}>
              <th role="rowheader" scope="row">
                <a href={`/admin/backups/${row.name}`}>{backupHeading(row.at, where)}</a>
              </th>
              <td role="cell" class="n" data-l="Records">
                {row.records === null ? "–" : whole.format(row.records)}
              </td>
              <td role="cell" class="n" data-l="Size">{sizeText(row.bytes)}</td>
              <td role="cell" data-l="Proven">
                {row.provenAt === null ? "Not yet" : <span class="chip good">Restored</span>}
              </td>
              <td role="cell" class="end nolabel">
                <BackupMenu token={token} row={row} busy={busy} of={backupText(row.at, where)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="foot">
        Kept: {kept.days} daily, {kept.weeks} weekly, {kept.months} monthly, and the last proven one
      </p>
    </section>
  );
}

interface BackupMenuProps extends Pick<BackupTableProps, "token" | "busy"> {
  row: BackupRow;
  /** Its name in a sentence. */
  of: string;
}

function BackupMenu({ token, row: { name, encrypted }, busy, of }: BackupMenuProps) {
  const href = `/admin/backups/${name}`;
  const sr = <span class="sr">{` the backup of ${of}`}</span>;
  return (
    <details class="menu" name="menu">
      <summary class="icon-btn">
        <AdminIcon name="dots" />
        <span class="sr">Actions for the backup of {of}</span>
      </summary>
      <AdminForm token={token}>
        <input type="hidden" name="backup" value={name} />
        <ul>
          <li class="of" aria-hidden="true">The backup of {of}</li>
          {encrypted && <MenuLink href={`${href}/download`} icon="download">Download{sr}</MenuLink>}
          <MenuAction value="prove" icon="check" disabled={busy}>Prove{sr}</MenuAction>
          <MenuLink href={`${href}#restore`} icon="up">Restore{sr}…</MenuLink>
          <li class="rule" aria-hidden="true" />
          <MenuLink href={`${href}#delete`} icon="trash">Delete{sr}…</MenuLink>
        </ul>
      </AdminForm>
    </details>
  );
}
