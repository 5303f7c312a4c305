import { formatCents, type NanoUsd } from "../../../lib/shared/money.ts";
import type { BudgetFields, BudgetRow } from "../../../lib/shared/views/budget_view.ts";
import type { Finding } from "../../../lib/shared/views/tool_admin_view.ts";
import { CeilingBar } from "../costs/CeilingBar.tsx";
import { described } from "../tools/editor/Field.tsx";

interface BudgetTableProps {
  caption: string;
  /** Heading of the first column. */
  of: string;
  rows: readonly BudgetRow[];
  fields: BudgetFields;
  findings: readonly Finding[];
}

/** Limits of a day and a month as fields, and their use. */
export function BudgetTable({ caption, of, rows, fields, findings }: BudgetTableProps) {
  return (
    <table class="t cards" role="table">
      <caption class="sr">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">{of}</th>
          <th scope="col" role="columnheader" class="n">A day, in $</th>
          <th scope="col" role="columnheader" class="n">A month, in $</th>
          <th scope="col" role="columnheader">Used</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={row.day ?? row.name} role="row">
            <th scope="row" role="rowheader">{row.name}</th>
            <td role="cell" data-l="A day, in $">
              <AmountField
                id={row.day}
                label={`${row.name}, a day`}
                empty={row.dayEmpty}
                {...{ fields, findings }}
              />
            </td>
            <td role="cell" data-l="A month, in $">
              <AmountField
                id={row.month}
                label={`${row.name}, a month`}
                empty={row.monthEmpty}
                {...{ fields, findings }}
              />
            </td>
            <td role="cell" data-l="Used">
              <Used {...row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface AmountFieldProps {
  /** Name of the field; null where there is none. */
  id: string | null;
  label: string;
  /** Meaning of an empty field. */
  empty: string;
  fields: BudgetFields;
  findings: readonly Finding[];
}

function AmountField({ id, label, empty, fields, findings }: AmountFieldProps) {
  if (id === null) return <span class="meta n">–</span>;
  const found = findings.filter(({ field }) => field === id);
  return (
    <>
      <input
        {...described(id, findings, false)}
        class="in n"
        value={fields[id] ?? ""}
        placeholder={empty}
        aria-label={label}
        inputmode="decimal"
        autocomplete="off"
        maxLength={20}
      />
      {found.length > 0 && (
        <div id={`${id}-finding`}>
          {found.map(({ level, text }) => <p key={text} class={`finding ${level}`}>{text}</p>)}
        </div>
      )}
    </>
  );
}

function Used({ today, thisMonth, dayLimit, monthLimit, about }: BudgetRow) {
  const parts = [
    today === null ? null : `${amount(today)} today`,
    thisMonth === null ? null : `${amount(thisMonth)} this month`,
  ].filter((part) => part !== null);
  const used = [shareOf(today, dayLimit), shareOf(thisMonth, monthLimit)];
  const known = used.filter((percent) => percent !== null);
  return (
    <>
      {parts.join(", ")}
      {about !== null && <span class="meta">{about}</span>}
      {known.length > 0 && (
        <span class="meta">
          {leftOf("today", today, dayLimit)} {leftOf("this month", thisMonth, monthLimit)}
          <CeilingBar percent={Math.max(...known)} />
        </span>
      )}
    </>
  );
}

const amount = (usd: NanoUsd) => formatCents(usd, "en") ?? "<1¢";

function shareOf(used: NanoUsd | null, limit: NanoUsd | null): number | null {
  if (used === null || limit === null) return null;
  return limit === 0n ? 100 : Math.floor(Number(used * 100n / limit));
}

function leftOf(when: string, used: NanoUsd | null, limit: NanoUsd | null): string {
  if (used === null || limit === null) return "";
  return used >= limit ? `Nothing left ${when}.` : `${amount(limit - used)} left ${when}.`;
}
