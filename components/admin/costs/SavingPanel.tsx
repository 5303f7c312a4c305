import { formatUsd } from "../../../lib/shared/money.ts";
import type { Advice } from "../../../lib/shared/views/report_view.ts";

/** Suggestions of cheaper models. */
export function SavingPanel({ advice, days }: { advice: readonly Advice[]; days: number }) {
  const basis = days === 1 ? "today" : `in these ${days} days`;
  return (
    <section class="panel">
      <header>
        <h2>Saving</h2>
      </header>
      {advice.length === 0
        ? (
          <p class="pad meta">
            No tool would save much with its cheaper model, as it was used {basis}.
          </p>
        )
        : (
          <ul class="rows">
            {advice.map((each) => (
              <li key={each.tool} class="row wrap">
                <div class="g">
                  <b>
                    Let {each.label} answer with {each.cheaper}: saves about{" "}
                    {formatUsd(each.savedAMonth)} a month ({each.savedPercent}%)
                  </b>
                  <span class="meta">
                    With {each.model} it cost {formatUsd(each.spent)} {basis}; the same tokens cost
                    {" "}
                    {formatUsd(each.wouldHaveSpent)} with{" "}
                    {each.cheaper}. Compare their answers before you change it.
                  </span>
                </div>
                <a class="btn" href={`/admin/tools/${each.tool}`}>
                  Change<span class="sr">{each.label}</span>
                </a>
              </li>
            ))}
          </ul>
        )}
    </section>
  );
}
