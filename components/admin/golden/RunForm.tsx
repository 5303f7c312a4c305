import { GOLDEN, judgedButton, runButton } from "../../../lib/locales/admin/experiments/golden.ts";
import type { NanoUsd } from "../../../lib/shared/money.ts";
import { AdminForm } from "../AdminForm.tsx";

/** What the version in use can be compared with. */
export interface RunChoice {
  group: "models" | "versions" | "variants";
  value: string;
  label: string;
}

export interface RunFormProps {
  token: string;
  tool: string;
  choices: readonly RunChoice[];
  /** The choice whose prices are shown. */
  chosen: RunChoice;
  /** The newest run, "" for none: a form that is sent twice makes one run. */
  seen: string;
  /** Typical cost of a run; null when unknown. */
  prices: { people: NanoUsd | null; model: NanoUsd | null };
}

const GROUPS = ["versions", "models", "variants"] as const;

/**
 * Form of a run: the version in use against another one. A choice whose price was not shown yet
 * leads to its price first.
 */
export function RunForm({ token, tool, choices, chosen, seen, prices }: RunFormProps) {
  return (
    <section class="panel" aria-labelledby="run-title">
      <header>
        <h2 id="run-title">{GOLDEN.runTitle}</h2>
      </header>
      <AdminForm token={token} action="/admin/golden" class="pad form">
        <input type="hidden" name="tool" value={tool} />
        <input type="hidden" name="priced" value={chosen.value} />
        <input type="hidden" name="seen" value={seen} />
        <p class="field">
          <label for="with">{GOLDEN.against}</label>
          <select class="in" id="with" name="with">
            {GROUPS.map((group) => ({
              group,
              options: choices.filter((choice) => choice.group === group),
            })).filter(({ options }) => options.length > 0).map(({ group, options }) => (
              <optgroup key={group} label={GOLDEN[group]}>
                {options.map(({ value, label }) => (
                  <option key={value} value={value} selected={value === chosen.value}>
                    {label}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </p>
        <div class="acts">
          <button class="btn" type="submit" name="judge" value="people">
            {runButton(chosen.label, prices.people)}
          </button>
          <button class="btn" type="submit" name="judge" value="model">
            {judgedButton(prices.model)}
          </button>
          <button class="btn quiet" type="submit" name="judge" value="price">
            {GOLDEN.price}
          </button>
        </div>
        <p class="hint">{GOLDEN.byModelHint} {GOLDEN.withoutRoom}</p>
      </AdminForm>
    </section>
  );
}
