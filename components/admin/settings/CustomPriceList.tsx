import type { CustomPriceRow } from "../../../lib/shared/views/price_view.ts";
import { AdminForm } from "../AdminForm.tsx";

interface OwnPricesProps {
  token: string;
  own: readonly CustomPriceRow[];
  /** Version of the prices. */
  seen: string;
}

const STATES = { now: "holds now", later: "comes later", past: "is over" } as const;

/** Custom prices, each with a button to end it. */
export function CustomPriceList({ token, own, seen }: OwnPricesProps) {
  return (
    <section class="panel" aria-labelledby="own">
      <header>
        <h2 id="own">Prices of your own</h2>
      </header>
      {own.length === 0 && <p class="pad meta">There are none.</p>}
      <ul class="rows">
        {own.map(({ provider, thing, from, day, text, state }) => (
          <li key={`${provider} ${thing} ${from}`} class="row wrap">
            <div class="g">
              <p>
                {thing} <small>{provider}</small>{" "}
                <span class={state === "now" ? "chip acc" : "chip"}>{STATES[state]}</span>
              </p>
              <p class="meta">{day === "always" ? "Always" : `From ${day}`}: {text}</p>
            </div>
            <div class="acts">
              {state === "now" && text !== "ended" && (
                <AdminForm token={token} action="/admin/prices">
                  <input type="hidden" name="provider" value={provider} />
                  <input type="hidden" name="thing" value={thing} />
                  <input type="hidden" name="seen" value={seen} />
                  <button class="btn" name="action" value="end" type="submit">
                    End it today<span class="sr">: {thing}</span>
                  </button>
                </AdminForm>
              )}
              {state === "later" && (
                <AdminForm token={token} action="/admin/prices">
                  <input type="hidden" name="provider" value={provider} />
                  <input type="hidden" name="thing" value={thing} />
                  <input type="hidden" name="seen" value={seen} />
                  <input type="hidden" name="at" value={from} />
                  <button class="btn" name="action" value="drop" type="submit">
                    Take back<span class="sr">: {thing} from {day}</span>
                  </button>
                </AdminForm>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
