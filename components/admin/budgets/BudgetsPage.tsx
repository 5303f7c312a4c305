import type { ComponentChildren } from "preact";
import type {
  BudgetFields,
  BudgetForm,
  BudgetsView,
} from "../../../lib/shared/views/budget_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Note } from "../Note.tsx";
import { SettingsConflictNote } from "../settings/SettingsConflictNote.tsx";
import { NumberField } from "../tools/editor/Field.tsx";
import { BudgetTable } from "./BudgetTable.tsx";
import { BUDGETS_FORM, type BudgetSaveBarProps } from "./BudgetSaveBar.tsx";
import { OtherTool } from "./OtherTool.tsx";

interface BudgetsPageProps {
  token: string;
  view: BudgetsView;
  form: BudgetForm;
  /** The island with the save bar. */
  bar: (props: BudgetSaveBarProps) => ComponentChildren;
}

const listed = new Intl.ListFormat("en-GB");

/** All limits of money, and their remainders. */
export function BudgetsPage({ token, view, form, bar }: BudgetsPageProps) {
  const { organisation, tools, others, people, shares, keys, replies, alertsAt, timeZone } = view;
  const { fields, was, findings, conflict, note } = form;
  const table = { fields, findings };
  const alerts = listed.format(alertsAt.map((percent) => `${percent}%`));
  return (
    <AdminPage
      title="Budgets"
      lead={`Replies stop at whichever limit is reached first. The day ends at 00:00 (${timeZone}).`}
    >
      {note && !conflict && <Note good={note.good}>{note.text}</Note>}
      {conflict && (
        <SettingsConflictNote
          conflict={conflict}
          names={{}}
          timeZone={timeZone}
          path="/admin/budgets"
        />
      )}
      <AdminForm token={token} action="/admin/budgets" id={BUDGETS_FORM} class="stack">
        <input type="hidden" name="was" value={JSON.stringify(was)} />
        <Part title="All together">
          <BudgetTable
            caption="Budget of the organisation"
            of="Organisation"
            rows={[organisation]}
            {...table}
          />
          <div class="foot">
            <p>
              {alerts === "" ? "" : `You are alerted at ${alerts}. `}
              At 100% people are told when it opens again, and their message is kept. An empty day
              is <code>ORGANISATION_CEILING_USD</code>; write none for no limit.
            </p>
          </div>
        </Part>
        <Part title="Tools">
          <BudgetTable caption="Budgets of tools" of="Tool" rows={tools} {...table} />
          <OtherTool others={others} {...table} />
        </Part>
        <Part title="People">
          <BudgetTable caption="Budgets of people" of="For each" rows={people} {...table} />
          <div class="pad inline">
            {shares.map(({ field, label, about, environment }) => (
              <NumberField
                key={field}
                id={field}
                label={label}
                hint={about}
                findings={findings}
                value={fields[field] ?? ""}
                placeholder={String(environment)}
                keys="numeric"
              />
            ))}
          </div>
        </Part>
        {keys.length > 0 && (
          <Part title="API keys">
            <BudgetTable caption="Budgets of keys" of="Key" rows={keys} {...table} />
          </Part>
        )}
        <Part title="WhatsApp">
          <div class="pad inline">
            <NumberField
              id="freeReplies"
              label="Messages a month free of charge"
              hint={
                <>
                  The first replies of a month cost nothing at WhatsApp, later ones a price by
                  country. {replies.toLocaleString("en")} went out this month.
                </>
              }
              findings={findings}
              value={fields.freeReplies ?? ""}
              keys="numeric"
            />
          </div>
        </Part>
      </AdminForm>
      {bar({
        was,
        fields,
        names: fieldNames(view),
        unsaved: conflict !== null || note?.good === false,
      })}
    </AdminPage>
  );
}

/** Names of the form's fields, for people. */
function fieldNames({ organisation, tools, people, keys, shares }: BudgetsView): BudgetFields {
  const rows = [organisation, ...tools, ...people, ...keys];
  return {
    ...Object.fromEntries(rows.flatMap(({ name, day, month }) => [
      ...(day === null ? [] : [[day, `${name}, a day`]]),
      ...(month === null ? [] : [[month, `${name}, a month`]]),
    ])),
    otherTool: "Another tool",
    otherDay: "Another tool, a day",
    otherMonth: "Another tool, a month",
    ...Object.fromEntries(shares.map(({ field, label }) => [field, label])),
    freeReplies: "WhatsApp messages free of charge",
  };
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="panel">
      <header>
        <h2>{title}</h2>
      </header>
      {children}
    </section>
  );
}
