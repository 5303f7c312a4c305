import type { AlertRow } from "../../../lib/shared/views/settings_view.ts";
import { AdminIcon } from "../AdminIcon.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { When } from "../When.tsx";
import { SettingsTabs } from "./SettingsTabs.tsx";

interface AlertsPageProps {
  timeZone: string;
  alerts: readonly AlertRow[];
  /** Host of the alert webhook, or null. */
  destination: string | null;
}

/** Raised alerts and their delivery to the webhook. */
export function AlertsPage({ timeZone, alerts, destination }: AlertsPageProps) {
  return (
    <AdminPage
      title="Alerts"
      lead={
        <>
          What was raised in the last 30 days.{" "}
          {destination === null
            ? "Nothing is sent: there is no webhook."
            : `Sent to ${destination}.`} <a href="/admin/settings#alerts">Change it</a>
        </>
      }
    >
      <SettingsTabs current="/admin/alerts" />
      {alerts.length === 0
        ? <p class="panel empty">No alert in the last 30 days.</p>
        : (
          <ul class="panel rows">
            {alerts.map((alert) => (
              <li
                key={`${alert.at} ${alert.text}`}
                class="row"
              >
                <AdminIcon name="alert" />
                <div class="g">
                  <p>{alert.text}</p>
                  <p class="meta">
                    <When at={alert.at} timeZone={timeZone} /> · {sending(alert)}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        )}
    </AdminPage>
  );
}

function sending({ sent, tries }: AlertRow): string {
  if (sent) return "sent";
  if (tries === 0) return "not sent";
  return `not sent, tried ${tries === 1 ? "once" : `${tries} times`}`;
}
