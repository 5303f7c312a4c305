import type { PriceFields } from "../../../lib/shared/views/price_view.ts";
import type { Finding } from "../../../lib/shared/views/tool_admin_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminIcon } from "../AdminIcon.tsx";
import { described, Field } from "../tools/editor/Field.tsx";

interface PriceFormProps {
  token: string;
  fields: PriceFields;
  findings: readonly Finding[];
  /** Version of the prices. */
  seen: string;
}

/** Adds a custom price, for discounts and for models without a list price. */
export function PriceForm({ token, fields, findings, seen }: PriceFormProps) {
  const amount = (id: "input" | "cached" | "output" | "audio" | "unit") => (
    <input
      {...described(id, findings, id === "cached" || id === "audio" || id === "unit")}
      class="in"
      value={fields[id]}
      inputmode="decimal"
      autocomplete="off"
    />
  );
  return (
    <details class="panel sec" id="add" open={findings.length > 0 || fields.thing !== ""}>
      <summary>
        <h2>Set a price of your own</h2>
        <span class="meta">For discounts, and for models without a list price</span>
        <AdminIcon name="chevron" />
      </summary>
      <div class="pad form">
        <p class="meta">
          It holds from its day on, in place of the list's. What was booked before stays as it is.
        </p>
        <AdminForm token={token} action="/admin/prices" class="form">
          <input type="hidden" name="action" value="set" />
          <input type="hidden" name="seen" value={seen} />
          <div class="inline">
            <Field id="provider" label="Provider" findings={findings}>
              <input
                {...described("provider", findings, false)}
                class="in"
                value={fields.provider}
                list="providers"
                maxLength={40}
                autocapitalize="none"
                spellcheck={false}
                required
              />
              <datalist id="providers">
                <option value="openai" />
                <option value="anthropic" />
                <option value="twilio" />
                <option value="whatsapp" />
                <option value="speech" />
              </datalist>
            </Field>
            <Field id="thing" label="Model or service" findings={findings}>
              <input
                {...described("thing", findings, false)}
                class="in"
                value={fields.thing}
                maxLength={100}
                autocapitalize="none"
                spellcheck={false}
                autocomplete="off"
                required
              />
            </Field>
            <Field id="from" label="From" findings={findings}>
              <input
                {...described("from", findings, false)}
                class="in"
                type="date"
                value={fields.from}
                required
              />
            </Field>
          </div>
          <fieldset>
            <legend>Dollars for a million tokens</legend>
            <div class="inline">
              <Field id="input" label="Input" findings={findings}>{amount("input")}</Field>
              <Field id="cached" label="Cached input" hint="Empty: like input." findings={findings}>
                {amount("cached")}
              </Field>
              <Field id="output" label="Output" findings={findings}>{amount("output")}</Field>
              <Field
                id="audio"
                label="Audio input"
                hint="For models that hear recordings."
                findings={findings}
              >
                {amount("audio")}
              </Field>
            </div>
          </fieldset>
          <Field
            id="unit"
            label="Or dollars for one piece"
            hint="A message (twilio, message), WhatsApp's rate of a market (whatsapp, rest-of-africa; or all), a minute of sound, 1,000 spoken characters (speech, your model)."
            findings={findings}
          >
            {amount("unit")}
          </Field>
          <div class="acts">
            <button class="btn pri" type="submit">Set this price</button>
          </div>
        </AdminForm>
      </div>
    </details>
  );
}
