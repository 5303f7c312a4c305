import {
  type DoctorFinding,
  doctorSum,
  FINDING_WORDS,
  type FindingState,
} from "../../lib/locales/admin/doctor.ts";
import { AdminForm } from "./AdminForm.tsx";
import { AdminIcon } from "./AdminIcon.tsx";
import { AdminPage } from "./AdminPage.tsx";

const CHIPS: Readonly<Record<FindingState, string>> = { ok: "good", warn: "warn", bad: "bad" };

interface DoctorPageProps {
  token: string;
  /** What was found; null before the first look. */
  findings: readonly DoctorFinding[] | null;
  counts: Readonly<Record<FindingState, number>>;
}

/** The checks of this deployment, each with what to do. */
export function DoctorPage({ token, findings, counts }: DoctorPageProps) {
  const sorted = findings?.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  return (
    <AdminPage
      title="Check-up"
      lead="Looks at settings, keys, webhook, clock, disk, rights, prices, models and backups. Each provider is asked for one short reply, a token where its model takes that."
      actions={
        <AdminForm token={token} class="acts">
          <button class="btn pri" name="action" value="check" type="submit">
            {findings === null ? "Check now" : "Check again"}
          </button>
        </AdminForm>
      }
    >
      {sorted === undefined
        ? (
          <section class="panel">
            <div class="empty">
              <AdminIcon name="gauge" />
              <p>
                <b>Nothing has been checked yet.</b>
              </p>
              <p>It takes some seconds. No message is sent to anybody.</p>
            </div>
          </section>
        )
        : (
          <div class="stack">
            <p class={`alert ${counts.bad > 0 ? "bad" : counts.warn > 0 ? "" : "good"}`}>
              <AdminIcon name={counts.bad + counts.warn > 0 ? "alert" : "check"} />
              <span class="g">
                <b>{doctorSum(counts)}</b>
              </span>
            </p>
            <section class="panel">
              <table class="t cards" role="table">
                <caption class="sr">Findings</caption>
                <thead role="rowgroup">
                  <tr role="row">
                    <th role="columnheader" scope="col">Check</th>
                    <th role="columnheader" scope="col">State</th>
                    <th role="columnheader" scope="col">What was found</th>
                  </tr>
                </thead>
                <tbody role="rowgroup">
                  {sorted.map(({ state, title, text }) => (
                    <tr role="row" key={`${title} ${text}`}>
                      <th role="rowheader" scope="row">{title}</th>
                      <td role="cell" data-l="State">
                        <span class={`chip ${CHIPS[state]}`}>{FINDING_WORDS[state]}</span>
                      </td>
                      <td role="cell" class="nolabel">{text}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          </div>
        )}
    </AdminPage>
  );
}

const ORDER: readonly FindingState[] = ["bad", "warn", "ok"];
