import { usdString } from "../../../lib/shared/money.ts";
import type { PriceFields, PriceRow, PricesView } from "../../../lib/shared/views/price_view.ts";
import type { Finding } from "../../../lib/shared/views/tool_admin_view.ts";
import { AdminPage } from "../AdminPage.tsx";
import { CustomPriceList } from "./CustomPriceList.tsx";
import { PriceForm } from "./PriceForm.tsx";
import { SettingsTabs } from "./SettingsTabs.tsx";

interface PricesPageProps {
  token: string;
  view: PricesView;
  /** Search text. */
  q: string;
  fields: PriceFields;
  findings: readonly Finding[];
  note: { good: boolean; text: string } | null;
}

/** List prices and custom prices of models. */
export function PricesPage({ token, view, q, fields, findings, note }: PricesPageProps) {
  const { rows, own, unpriced, provider, source, seen } = view;
  return (
    <AdminPage
      title="Prices"
      lead={`Dollars for a million tokens, as they hold today. Where nothing else is said they come from ${source}.`}
    >
      <SettingsTabs current="/admin/prices" />
      {note && (
        <p class={note.good ? "alert good" : "alert bad"} role={note.good ? "status" : "alert"}>
          {note.text}
        </p>
      )}
      {unpriced.map(({ model, tools }) => (
        <p key={model} class="alert" role="status">
          <span class="g">
            <strong>No price is known for {model}.</strong> {tools.join(", ")}{" "}
            cannot answer with it, for it could cost anything.{" "}
            <a href={`/admin/prices?${new URLSearchParams({ provider, thing: model })}#add`}>
              Set its price
            </a>
          </span>
        </p>
      ))}
      <div class="stack">
        <PriceForm token={token} fields={fields} findings={findings} seen={seen} />
        <CustomPriceList token={token} own={own} seen={seen} />
        <section class="panel" aria-labelledby="table">
          <header>
            <h2 id="table">All models</h2>
          </header>
          <form class="filter pad" method="get" role="search" aria-label="Search the prices">
            <label class="field search">
              <span>Model, provider or tool</span>
              <input
                class="in"
                type="search"
                name="q"
                value={q}
                maxLength={100}
                autocapitalize="none"
              />
            </label>
            <div class="acts">
              <button class="btn" type="submit">Search</button>
              {q !== "" && <a class="btn" href="/admin/prices#table">Show all</a>}
            </div>
          </form>
          {rows.length === 0
            ? <p class="pad" role="status">Nothing fits this search.</p>
            : <Table rows={rows} source={source} />}
        </section>
      </div>
    </AdminPage>
  );
}

function Table({ rows, source }: { rows: readonly PriceRow[]; source: string }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Prices">
      <table class="t cards c3" role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">Model</th>
            <th role="columnheader" scope="col" class="n">Input</th>
            <th role="columnheader" scope="col" class="n">Cached</th>
            <th role="columnheader" scope="col" class="n">Output</th>
            <th role="columnheader" scope="col">Source</th>
            <th role="columnheader" scope="col">Used by</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map(({ provider, model, input, cached, output, tiered, own, free, tools }) => (
            <tr role="row" key={`${provider} ${model}`}>
              <th role="rowheader" scope="row">
                {model} <span class="meta">{provider}</span>
              </th>
              <td role="cell" class="n" data-l="Input">
                ${usdString(input)}
                {tiered && <span class="meta">or more, if long</span>}
              </td>
              <td role="cell" class="n" data-l="Cached">${usdString(cached)}</td>
              <td role="cell" class="n" data-l="Output">${usdString(output)}</td>
              <td role="cell" class="nb" data-l="Source">
                {own ? <span class="chip acc">own</span> : free ? "own server" : source}
              </td>
              <td role="cell" data-l="Used by">{tools.join(", ") || "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
