import { formatUsd } from "../../../lib/shared/money.ts";
import type { Calculated, CalculatorView } from "../../../lib/shared/views/report_view.ts";

const FIELDS = [
  { name: "messages", label: "Messages a day" },
  { name: "input", label: "Tokens sent with each" },
  { name: "cached", label: "Of them cached" },
  { name: "output", label: "Tokens of a reply" },
] as const;

/** Estimates the cost of a described usage for each model. */
export function Calculator({ view, days }: { view: CalculatorView; days: number }) {
  const { fields, markets, problem, results } = view;
  return (
    <section id="calculator" class="panel" aria-labelledby="calculator-title">
      <header>
        <h2 id="calculator-title">Calculator</h2>
      </header>
      <form class="pad form" method="get" action="/admin/costs#calculator">
        <input type="hidden" name="days" value={days} />
        <div class="inline">
          {FIELDS.map(({ name, label }) => (
            <label key={name} class="field">
              <span>{label}</span>
              <input
                class="in n"
                type="text"
                inputMode="numeric"
                name={name}
                value={fields[name]}
                maxLength={8}
                required
                aria-invalid={problem === null ? undefined : "true"}
                aria-describedby={problem === null ? undefined : "calculator-problem"}
              />
            </label>
          ))}
          <label class="field">
            <span>By</span>
            <select class="in" name="market">
              <option value="">the page</option>
              {markets.map(({ market, name }) => (
                <option key={market} value={market} selected={market === fields.market}>
                  WhatsApp, {name}
                </option>
              ))}
            </select>
          </label>
        </div>
        <div class="acts">
          <button class="btn" type="submit">Calculate</button>
          <span class="meta">Half a kilobyte of English is about 125 tokens.</span>
        </div>
      </form>
      {problem !== null && <p id="calculator-problem" class="pad err" role="alert">{problem}</p>}
      {results.length > 0 && (
        <>
          <Results label="Models in use" results={results.filter(({ used }) => used)} />
          <details class="more pad">
            <summary>All {results.length} models with a price</summary>
            <Results label="All models" results={results} />
          </details>
        </>
      )}
    </section>
  );
}

function Results({ label, results }: { label: string; results: readonly Calculated[] }) {
  return (
    <table class="t cards c3" role="table">
      <caption class="sr">{label}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">Model</th>
          <th scope="col" role="columnheader" class="n">A message</th>
          <th scope="col" role="columnheader" class="n">A day</th>
          <th scope="col" role="columnheader" class="n">30 days</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {results.map(({ model, perMessage, perDay, perMonth, used }) => (
          <tr key={model} role="row">
            <th scope="row" role="rowheader">
              {model} {used && <span class="chip plain">in use</span>}
            </th>
            <td role="cell" class="n" data-l="A message">{formatUsd(perMessage)}</td>
            <td role="cell" class="n" data-l="A day">{formatUsd(perDay)}</td>
            <td role="cell" class="n" data-l="30 days">{formatUsd(perMonth)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
