import { MODEL_ENDS_TEXTS, modelEnds, modelUse } from "../../../lib/locales/admin/models.ts";
import type { EndingModel } from "../../../lib/shared/views/model_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminIcon } from "../AdminIcon.tsx";

interface EndingModelRowProps {
  token: string;
  ending: EndingModel;
}

/** Row of a model that ends: since when, what uses it, and a button that moves the tools. */
export function EndingModelRow({ token, ending }: EndingModelRowProps) {
  const { name, endsOn, daysLeft, tools, replacement } = ending;
  const { move, to, noReplacement } = MODEL_ENDS_TEXTS;
  const use = modelUse(tools.map(({ name }) => name), ending);
  const next = tools.length === 0 ? "" : replacement === null ? noReplacement : to(replacement);
  return (
    <li>
      <AdminForm token={token} action="/admin/models/move" class="row wrap">
        <AdminIcon name="alert" />
        <span class="g">
          <b>{modelEnds(name, endsOn, daysLeft)}</b>
          <span class="meta">{use}</span>
          {next !== "" && <span class="meta">{next}</span>}
        </span>
        <input type="hidden" name="model" value={name} />
        {tools.length > 0 && replacement !== null && (
          <button class="btn" type="submit">{move(tools.length)}</button>
        )}
      </AdminForm>
    </li>
  );
}
