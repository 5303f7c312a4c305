import { AdminPage } from "./AdminPage.tsx";
import { When } from "./When.tsx";

interface Spending {
  name: string;
  today: string;
  week: string;
  /** Of a day, or null for none. */
  ceiling: string | null;
  messages: number;
}

interface OverviewPageProps {
  day: string;
  timeZone: string;
  organisation: Spending;
  tools: Spending[];
  alerts: { at: number; text: string }[];
}

/** Today at a glance. */
export function OverviewPage({ day, timeZone, organisation, tools, alerts }: OverviewPageProps) {
  return (
    <AdminPage title="Overview" lead={`Today, ${day} (${timeZone})`}>
      <dl class="facts">
        <Fact name="Spent today" value={organisation.today} />
        <Fact name="Ceiling of a day" value={organisation.ceiling ?? "none"} />
        <Fact name="Last seven days" value={organisation.week} />
        <Fact name="Replies today" value={organisation.messages.toLocaleString("en")} />
      </dl>
      <h2>Alerts of today</h2>
      {alerts.length === 0 ? <p class="meta">None.</p> : (
        <ul class="rows">
          {alerts.map(({ at, text }) => (
            <li key={text}>
              <div>
                <p>{text}</p>
                <p class="meta">
                  <When at={at} timeZone={timeZone} />
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
      <h2>Tools</h2>
      <div class="table-scroll" tabIndex={0} role="region" aria-label="Spending of the tools">
        <table class="grid figures">
          <thead>
            <tr>
              <th scope="col">Tool</th>
              <th scope="col">Today</th>
              <th scope="col">Ceiling</th>
              <th scope="col">Seven days</th>
              <th scope="col">Replies today</th>
            </tr>
          </thead>
          <tbody>
            {tools.map(({ name, today, ceiling, week, messages }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{today}</td>
                <td>{ceiling ?? "none"}</td>
                <td>{week}</td>
                <td>{messages.toLocaleString("en")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </AdminPage>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
