import type { DashboardView } from "../../../lib/shared/views/report_view.ts";
import { AdminIcon } from "../AdminIcon.tsx";
import { hourText } from "./formats.ts";

/** Today's alerts in one line, the worst in words; it opens to the others. */
export function AlertFold({ alerts, timeZone }: Pick<DashboardView, "alerts" | "timeZone">) {
  const [worst, ...others] = alerts.toSorted((a, b) =>
    Number(b.reached) - Number(a.reached) || b.at - a.at
  );
  if (worst === undefined) return <p id="alerts" hidden />;
  const kind = worst.reached ? "alert bad" : "alert";
  const line = (
    <>
      <AdminIcon name="alert" />
      <span class="g" data-level={levelOf(worst)}>
        <b>{worst.text}</b> {hourText(worst.at, timeZone)}
        {others.length > 0 && (
          <span class="nb">
            {" · "}
            {others.length === 1 ? "1 more alert" : `${others.length} more alerts`}
          </span>
        )}
      </span>
    </>
  );
  if (others.length === 0) return <p id="alerts" class={kind}>{line}</p>;
  return (
    <details id="alerts" class={kind}>
      <summary>
        {line}
        <AdminIcon name="chevron" />
      </summary>
      <ul class="rows">
        {others.map((alert) => (
          <li key={alert.text} class="row" data-level={levelOf(alert)}>
            <span class="g">
              {alert.text}
              <span class="meta">{hourText(alert.at, timeZone)}</span>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function levelOf({ reached }: { reached: boolean }): "bad" | "near" {
  return reached ? "bad" : "near";
}
