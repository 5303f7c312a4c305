import {
  forecastAim,
  forecastText,
  gainText,
  PLAN,
  plannedNote,
  quietText,
  spanText,
} from "../../../lib/locales/admin/experiments/plan.ts";
import type { PlanForecast } from "../../../lib/shared/views/experiment_view.ts";
import { AdminIcon } from "../AdminIcon.tsx";

interface ForecastPanelProps {
  forecast: PlanForecast;
  tool: string;
}

/** What the plan would find at the tool's traffic; reckoned again by its button. */
export function ForecastPanel({ forecast, tool }: ForecastPanelProps) {
  const { weeks, seen, quiet } = forecast;
  const [before, after] = quietText(quiet);
  return (
    <section class="panel" aria-labelledby="forecast">
      <header>
        <h2 id="forecast" tabIndex={-1}>{PLAN.find}</h2>
      </header>
      <div class="pad stack">
        <p>
          <b>{forecastText(forecast)}</b>
          {weeks !== null && ` ${forecastAim(forecast)}`}
        </p>
        {weeks !== null && (
          <table class="t" role="table">
            <caption class="sr">{PLAN.seen}</caption>
            <thead role="rowgroup">
              <tr role="row">
                <th scope="col" role="columnheader">{PLAN.seenIn}</th>
                <th scope="col" role="columnheader" class="n">{PLAN.seenGain}</th>
              </tr>
            </thead>
            <tbody role="rowgroup">
              {seen.map(({ weeks, gain }) => (
                <tr key={weeks} role="row">
                  <th scope="row" role="rowheader">{spanText(weeks)}</th>
                  <td role="cell" class="n">{gainText(gain)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <p class={quiet ? "alert" : "alert calm"}>
          <AdminIcon name="star" />
          <span class="g">
            {before} <a href={`/admin/golden?tool=${tool}`}>{PLAN.golden}</a> {after}
          </span>
        </p>
        <p class="meta">{plannedNote(forecast)}</p>
        <p class="acts">
          <button class="btn" name="action" value="reckon" type="submit">{PLAN.again}</button>
        </p>
      </div>
    </section>
  );
}
