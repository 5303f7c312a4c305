import { usdString } from "../../../lib/shared/money.ts";
import type { PriceFields, PriceRow, PricesView } from "../../../lib/shared/views/price_view.ts";
import type { Finding } from "../../../lib/shared/views/tool_admin_view.ts";
import { AdminPage } from "../AdminPage.tsx";
import { ToolStyles } from "../tools/ToolStyles.tsx";
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
  const { rows, own, unpriced, provider, source } = view;
  return (
    <AdminPage
      title="Prices"
      lead={`Dollars for a million tokens, as they hold today. Where nothing else is said they come from ${source}.`}
    >
      <ToolStyles />
      <SettingsTabs current="/admin/prices" />
      {note && (
        <p class={note.good ? "note good" : "note bad"} role={note.good ? "status" : "alert"}>
          {note.text}
        </p>
      )}
      {unpriced.map(({ model, tools }) => (
        <p key={model} class="note warn" role="status">
          <strong>No price is known for {model}.</strong> {tools.join(", ")}{" "}
          cannot answer with it, for it could cost anything.{" "}
          <a href={`/admin/prices?${new URLSearchParams({ provider, thing: model })}#add`}>
            Set its price
          </a>
        </p>
      ))}
      <PriceForm token={token} fields={fields} findings={findings} />
      <CustomPriceList token={token} own={own} />
      <section aria-labelledby="table">
        <h2 id="table">All models</h2>
        <form class="filter single" method="get" role="search" aria-label="Search the prices">
          <label class="field">
            <span>Model, provider or tool</span>
            <input type="search" name="q" value={q} maxLength={100} autocapitalize="none" />
          </label>
          <div class="form-actions">
            <button class="button primary" type="submit">Search</button>
            {q !== "" && <a class="button" href="/admin/prices#table">Show all</a>}
          </div>
        </form>
        {rows.length === 0
          ? <p class="note" role="status">Nothing fits this search.</p>
          : <Table rows={rows} source={source} />}
      </section>
    </AdminPage>
  );
}

function Table({ rows, source }: { rows: readonly PriceRow[]; source: string }) {
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Prices">
      <table class="grid dense prices">
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Input</th>
            <th scope="col">Cached</th>
            <th scope="col">Output</th>
            <th scope="col">Source</th>
            <th scope="col">Used by</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ provider, model, input, cached, output, tiered, own, tools }) => (
            <tr key={`${provider} ${model}`}>
              <th scope="row">
                {model} <span class="meta">{provider}</span>
              </th>
              <td>${usdString(input)}{tiered && <span class="meta">or more, if long</span>}</td>
              <td>${usdString(cached)}</td>
              <td>${usdString(output)}</td>
              <td>{own ? <span class="tag">own</span> : source}</td>
              <td>{tools.join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
