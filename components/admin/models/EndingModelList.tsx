import type { EndingModel } from "../../../lib/shared/views/model_view.ts";
import { EndingModelRow } from "./EndingModelRow.tsx";

interface EndingModelListProps {
  token: string;
  endings: readonly EndingModel[];
}

/** Panel of the models in use that have ended or end soon; nothing without one. */
export function EndingModelList({ token, endings }: EndingModelListProps) {
  if (endings.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="endings">
      <header>
        <h2 id="endings">Models that end</h2>
      </header>
      <ul class="rows">
        {endings.map((ending) => (
          <EndingModelRow
            key={ending.name}
            token={token}
            ending={ending}
          />
        ))}
      </ul>
    </section>
  );
}
