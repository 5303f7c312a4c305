import { formatUsd, usdString } from "../../../lib/shared/money.ts";
import type { UsedModelRow } from "../../../lib/shared/views/provider_view.ts";
import { count } from "../costs/formats.ts";

interface UsedModelsProps {
  models: readonly UsedModelRow[];
  source: string;
}

/** The models that tools use, or that answer when those fail, with their prices. */
export function UsedModels({ models, source }: UsedModelsProps) {
  return (
    <section class="panel" aria-labelledby="models">
      <header>
        <h2 id="models">Models in use</h2>
        <span class="meta">Dollars for a million tokens</span>
      </header>
      <table class="t cards c3" role="table">
        <caption class="sr">Models in use</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">Model</th>
            <th role="columnheader" scope="col" class="n">In</th>
            <th role="columnheader" scope="col" class="n">Out</th>
            <th role="columnheader" scope="col" class="n">A message</th>
            <th role="columnheader" scope="col" class="n">Tools</th>
            <th role="columnheader" scope="col">Ends</th>
            <th role="columnheader" scope="col">
              <span class="sr">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {models.map((row) => <ModelRow key={row.name} row={row} />)}
        </tbody>
      </table>
      <p class="foot">
        <a href="/admin/prices">All models and prices</a>
        <span>Where nothing else is said, prices come from {source}</span>
      </p>
    </section>
  );
}

function ModelRow({ row }: { row: UsedModelRow }) {
  const { provider, model, pricedAs, input, output, tiered, message, tools, source } = row;
  const price = new URLSearchParams({ provider: pricedAs, thing: model });
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        {model} <span class="meta">{provider}</span>
        {source === "organisation" && <span class="meta">Own price</span>}
        {source === "own server" && <span class="meta">On your own server</span>}
      </th>
      <td role="cell" class="n" data-l="In">
        {input === null ? <span class="chip bad">No price</span> : `$${usdString(input)}`}
        {tiered && <span class="meta">or more, if long</span>}
      </td>
      <td role="cell" class="n" data-l="Out">{output === null ? "–" : `$${usdString(output)}`}</td>
      <td role="cell" class="n" data-l="A message">
        {message === null ? "–" : message === 0n ? "free" : formatUsd(message)}
      </td>
      <td role="cell" class="n" data-l="Tools">
        {tools.length === 0
          ? standsInText(row)
          : (
            <a href={`/admin/prices?${new URLSearchParams({ q: model })}#table`}>
              {count(tools.length)}
              <span class="sr">{` with ${model}: ${tools.join(", ")}`}</span>
            </a>
          )}
      </td>
      <td role="cell" data-l="Ends">
        <End row={row} />
      </td>
      <td role="cell" class="n">
        <a href={`/admin/prices?${price}#add`}>
          Set price<span class="sr">{` of ${model}`}</span>
        </a>
      </td>
    </tr>
  );
}

function standsInText({ standsIn }: UsedModelRow): string {
  return standsIn ? "stands in" : "–";
}

function End({ row: { endsOn, ended } }: { row: UsedModelRow }) {
  if (endsOn === null) return <>–</>;
  const day = <time dateTime={endsOn}>{dayText(endsOn)}</time>;
  return <span class={ended ? "chip bad" : "chip warn"}>{ended && "Ended "}{day}</span>;
}

const days = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", dateStyle: "medium" });
const dayText = (day: string): string => days.format(Date.parse(day));
