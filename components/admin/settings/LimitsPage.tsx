import type { ComponentChildren } from "preact";
import type {
  LimitRow,
  RefusedRow,
  SettingsFields,
  SettingsForm,
} from "../../../lib/shared/views/settings_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { NumberField } from "../tools/editor/Field.tsx";
import { When } from "../When.tsx";
import { GroupForm } from "./GroupForm.tsx";
import { SettingsTabs } from "./SettingsTabs.tsx";

interface LimitsPageProps {
  token: string;
  timeZone: string;
  fields: SettingsFields;
  form: SettingsForm | undefined;
  limits: readonly LimitRow[];
  refused: readonly RefusedRow[];
  /** Refusals of sources that are not listed by name. */
  others: number;
  note: { good: boolean; text: string } | null;
  /** Island that keeps unsaved input while a source is unblocked. */
  keeper: ComponentChildren;
}

/** Rate limits and the sources they refused. */
export function LimitsPage(props: LimitsPageProps) {
  const { token, timeZone, fields, form, limits, refused, others, note } = props;
  const found = form?.findings ?? [];
  return (
    <AdminPage
      title="Limits"
      lead={
        <>
          How many messages are let through, and who was held back. How much they may cost is in
          {" "}
          <a href="/admin/budgets">Budgets</a>.
        </>
      }
    >
      <SettingsTabs current="/admin/limits" />
      {props.keeper}
      {note && (
        <p class={note.good ? "alert good" : "alert bad"} role={note.good ? "status" : "alert"}>
          {note.text}
        </p>
      )}
      <div class="stack">
        <GroupForm
          token={token}
          timeZone={timeZone}
          group="limits"
          path="/admin/limits"
          form={form}
          title="What is let through"
          names={Object.fromEntries(limits.map(({ field, label }) => [field, label]))}
          lead="An empty field takes what the environment says. Failed logins (5 in a quarter of an hour, from one address or one browser that signed in before) and messages to drafts (15 a minute) have limits that stay."
        >
          <div class="cols two">
            {limits.map(({ field, label, about, environment, key }) => (
              <NumberField
                key={field}
                id={field}
                label={label}
                hint={
                  <>
                    {about} Empty: {environment.toLocaleString("en")}
                    {key !== null && (
                      <>
                        {" "}(<code>{key}</code>)
                      </>
                    )}.
                  </>
                }
                findings={found}
                value={fields[field]}
                placeholder={String(environment)}
                keys="numeric"
              />
            ))}
          </div>
        </GroupForm>
        <section class="panel" aria-labelledby="refused">
          <header>
            <h2 id="refused">Who was held back in the last 7 days</h2>
          </header>
          {refused.length === 0
            ? <p class="pad meta">Nobody was.</p>
            : <Refused rows={refused} token={token} timeZone={timeZone} />}
          {others > 0 && (
            <p class="pad meta">
              {others.toLocaleString("en")}{" "}
              more refusals came from addresses beyond the first hundred of a day.
            </p>
          )}
        </section>
      </div>
    </AdminPage>
  );
}

const SHOWN = 100;

function Refused(props: { rows: readonly RefusedRow[]; token: string; timeZone: string }) {
  const { rows, token, timeZone } = props;
  return (
    <>
      <ul class="rows">
        {rows.slice(0, SHOWN).map(({ kind, limit, day, who, id, count, lastAt, held }) => (
          <li key={`${day} ${kind} ${id}`} class="row wrap">
            <div class="g">
              <p>
                {limit}: <bdi>{who || "somebody"}</bdi>
              </p>
              <p class="meta">
                {count === 1 ? "Once" : `${count.toLocaleString("en")} times`}, last{" "}
                <When at={lastAt} timeZone={timeZone} />
              </p>
            </div>
            {held && (
              <AdminForm token={token} action="/admin/limits">
                <input type="hidden" name="group" value="let-through" />
                <input type="hidden" name="kind" value={kind} />
                <input type="hidden" name="day" value={day} />
                <input type="hidden" name="id" value={id} />
                <button class="btn" type="submit">
                  Let through again<span class="sr">: {who || "somebody"}, {limit}</span>
                </button>
              </AdminForm>
            )}
          </li>
        ))}
      </ul>
      {rows.length > SHOWN && <p class="pad meta">And {rows.length - SHOWN} more before them.</p>}
    </>
  );
}
