import { GOLDEN, runButton } from "../../../lib/locales/admin/experiments/golden.ts";
import type { NanoUsd } from "../../../lib/shared/money.ts";
import type { GoldenListView } from "../../../lib/shared/views/golden_view.ts";
import { AdminForm } from "../AdminForm.tsx";

export interface RunFormProps {
  token: string;
  tool: NonNullable<GoldenListView["tool"]>;
  /** Names of the models with a price. */
  models: readonly string[];
  /** Typical cost of a run with the tool's own model on both sides; null when unknown. */
  prices: { people: NanoUsd | null; model: NanoUsd | null };
  count: number;
}

/** Form of a run: the version in use against an earlier one or another model. */
export function RunForm({ token, tool, models, prices, count }: RunFormProps) {
  const earlier = tool.version > 1;
  return (
    <section class="panel" aria-labelledby="run-title">
      <header>
        <h2 id="run-title">{GOLDEN.runTitle}</h2>
      </header>
      <AdminForm token={token} action="/admin/golden" class="pad form">
        <input type="hidden" name="tool" value={tool.id} />
        <fieldset class="pick">
          <legend>{GOLDEN.against}</legend>
          <label>
            <input type="radio" name="side" value="model" checked />
            <span>{GOLDEN.other}</span>
          </label>
          <p class="field own">
            <label for="model">{GOLDEN.modelName}</label>
            <select class="in" id="model" name="model">
              {models.filter((model) => model !== tool.model).map((model) => (
                <option key={model} value={model}>{model}</option>
              ))}
            </select>
          </p>
          {earlier && (
            <>
              <label>
                <input type="radio" name="side" value="version" />
                <span>{GOLDEN.version}</span>
              </label>
              <p class="field own">
                <label for="version">{GOLDEN.versionNumber}</label>
                <input
                  class="in n"
                  id="version"
                  name="version"
                  type="number"
                  min={1}
                  max={tool.version - 1}
                  value={tool.version - 1}
                />
              </p>
            </>
          )}
        </fieldset>
        <p class="hint">{GOLDEN.withoutRoom}</p>
        <div class="acts">
          <button class="btn" type="submit" name="judge" value="people">
            {runButton(count, prices.people)}
            <span class="sr">, {GOLDEN.byPeople}</span>
          </button>
          <button class="btn" type="submit" name="judge" value="model">
            {runButton(count, prices.model)} · {GOLDEN.byModel}
          </button>
        </div>
        <p class="hint">{GOLDEN.byModelHint}</p>
      </AdminForm>
    </section>
  );
}
