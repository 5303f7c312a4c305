import type { ComponentChildren } from "preact";
import { formatCents, formatUsd } from "../../../lib/shared/money.ts";
import type { ApiKeyRow, ShownKey } from "../../../lib/shared/views/api_key_view.ts";
import { AdminIcon } from "../AdminIcon.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Note } from "../Note.tsx";
import { When } from "../When.tsx";
import { CopyField } from "../whatsapp/CopyField.tsx";
import { KeyMenu } from "./KeyMenu.tsx";

export interface KeysPageProps {
  timeZone: string;
  /** The current month's name. */
  month: string;
  rows: readonly ApiKeyRow[];
  /** A key that was just made. */
  shown: ShownKey | null;
  note: { good: boolean; text: string } | null;
}

interface Copying {
  /** The island that copies the text of the element with this id. */
  copy?: (from: string) => ComponentChildren;
}

/** The keys of programs, with their use and budgets. */
export function KeysPage({ timeZone, month, rows, shown, note, copy }: KeysPageProps & Copying) {
  const isEmpty = rows.length === 0 && shown === null;
  return (
    <AdminPage
      title="API keys"
      lead={
        <>
          For programs that ask your tools at <code>/v1</code>, as they would ask OpenAI.
        </>
      }
      actions={!isEmpty && (
        <a class={shown ? "btn" : "btn pri"} href="/admin/keys/new">
          <AdminIcon name="plus" />
          New key
        </a>
      )}
    >
      {note && <Note good={note.good}>{note.text}</Note>}
      {isEmpty ? <NoKeys /> : (
        <div class="stack">
          {shown && <Shown {...shown} copy={copy} />}
          <section class="panel" aria-labelledby="keys">
            <header>
              <h2 id="keys">Keys</h2>
            </header>
            <KeyTable rows={rows} month={month} timeZone={timeZone} />
            <p class="foot">A key that has not been used for 90 days is shown in the overview.</p>
          </section>
        </div>
      )}
    </AdminPage>
  );
}

function NoKeys() {
  return (
    <section class="panel">
      <div class="empty">
        <AdminIcon name="key" />
        <p>
          <b>No program asks your tools.</b>
        </p>
        <p>A key lets a website or a spreadsheet use a tool, inside a budget of its own.</p>
        <p class="acts">
          <a class="btn pri" href="/admin/keys/new">Make a key</a>
        </p>
      </div>
    </section>
  );
}

/** The only showing of a key. */
function Shown({ name, text, copy }: ShownKey & Copying) {
  return (
    <section class="panel">
      <div class="pad stack" role="status" tabIndex={-1} autoFocus>
        <p>
          <b>Key “{name}” is ready.</b> It is shown this once. Copy it now.
        </p>
        <CopyField
          id="new-key"
          label="Key"
          value={text}
          hint="A program sends it in the header Authorization, as Bearer and the key."
        />
        <p class="acts">
          {copy?.("new-key")}
          <a class="btn" href="/admin/keys">I have copied it</a>
        </p>
      </div>
    </section>
  );
}

function KeyTable({ rows, month, timeZone }: Pick<KeysPageProps, "rows" | "month" | "timeZone">) {
  return (
    <table class="t cards c3" role="table">
      <caption class="sr">API keys</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Key</th>
          <th role="columnheader" scope="col">Tools</th>
          <th role="columnheader" scope="col">Last used</th>
          <th role="columnheader" scope="col" class="n">{month}</th>
          <th role="columnheader" scope="col" class="n">Budget</th>
          <th role="columnheader" scope="col">
            <span class="sr">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr role="row" key={row.id}>
            <th role="rowheader" scope="row">
              <a href={`/admin/keys/${row.id}`} dir="auto">{row.name}</a>{" "}
              {row.expired && <span class="chip warn">Expired</span>}
              <span class="meta">
                {row.label}…
                {row.overlapUntil !== null && (
                  <>
                    <br />
                    The one before is valid until <When at={row.overlapUntil} timeZone={timeZone} />
                  </>
                )}
              </span>
            </th>
            <td role="cell" data-l="Tools">{row.tools?.join(", ") ?? "All"}</td>
            <td role="cell" data-l="Last used">
              {row.usedAt === null ? "Never" : <When at={row.usedAt} timeZone={timeZone} />}
            </td>
            <td role="cell" class="n" data-l={month}>{amount(row.spent)}</td>
            <td role="cell" class="n" data-l="Budget">{budgetOf(row)}</td>
            <td role="cell" class="end nolabel">
              <KeyMenu id={row.id} name={row.name} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const amount = (usd: bigint) => formatCents(usd, "en") ?? formatUsd(usd);

function budgetOf({ day, month }: ApiKeyRow): string {
  const daily = day === null ? [] : [`${amount(day)} a day`];
  const monthly = month === null ? [] : [`${amount(month)} a month`];
  return [...daily, ...monthly].join(", ") || "None";
}
