import { formatUsd } from "../../../lib/shared/money.ts";
import type { Advice, ForecastView } from "../../../lib/shared/views/report_view.ts";
import { Fact } from "./Fact.tsx";
import { monthName } from "./formats.ts";

/** Forecast of the month's costs at the current rate. */
export function ForecastSection({ forecast }: { forecast: ForecastView }) {
  const { month, soFar, perDay, basedOn, expected } = forecast;
  return (
    <>
      <h2>{monthName(month)}</h2>
      <dl class="facts">
        <Fact name="Spent until now" value={formatUsd(soFar)}>since the 1st</Fact>
        <Fact name="Expected in all" value={expected === null ? "–" : `≈ ${formatUsd(expected)}`}>
          {expected === null
            ? "after the first whole day of use"
            : `at ${formatUsd(perDay)} a day, the mean of the last ${
              basedOn === 1 ? "whole day" : `${basedOn} whole days`
            }`}
        </Fact>
      </dl>
    </>
  );
}

/** Suggestions of cheaper models. */
export function AdviceList({ advice, days }: { advice: readonly Advice[]; days: number }) {
  const basis = days === 1 ? "today" : `in these ${days} days`;
  return (
    <>
      <h2>Saving</h2>
      {advice.length === 0
        ? (
          <p class="note">
            No tool would save much with its cheaper model, as it was used {basis}.
          </p>
        )
        : (
          <ul class="rows">
            {advice.map((each) => (
              <li key={each.tool}>
                <div class="entry">
                  <p class="title">
                    Let {each.label} answer with {each.cheaper}: saves about{" "}
                    {formatUsd(each.savedAMonth)} a month ({each.savedPercent}%)
                  </p>
                  <p class="meta">
                    With {each.model} it cost {formatUsd(each.spent)} {basis}; the same tokens cost
                    {" "}
                    {formatUsd(each.wouldHaveSpent)} with{" "}
                    {each.cheaper}. Compare their answers before you change it.
                  </p>
                </div>
                <a class="button" href={`/admin/tools/${each.tool}`}>
                  Change<span class="sr">{each.label}</span>
                </a>
              </li>
            ))}
          </ul>
        )}
    </>
  );
}
