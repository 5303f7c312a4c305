import type { ConflictView } from "../../../../lib/shared/views/tool_admin_view.ts";
import { AdminIcon } from "../../AdminIcon.tsx";
import { ConflictChoices } from "./ConflictChoices.tsx";

interface ConflictFormProps {
  conflict: ConflictView;
  /** All fields as the form sends them: merged, with yours where both changed the same. */
  sent: readonly (readonly [name: string, value: string])[];
}

/** Merges two admins' changes; conflicting fields are left to choose. */
export function ConflictForm({ conflict, sent }: ConflictFormProps) {
  const { both, joined } = conflict;
  const by = conflict.by || "Somebody";
  const all = both.length + joined.length;
  return (
    <>
      {sent.map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      {joined.length > 0 && (
        <p class="alert good">
          <AdminIcon name="check" />
          <span class="g">
            <b>
              {joined.length} of {all} changes {joined.length === 1 ? "fits" : "fit"} by{" "}
              {joined.length === 1 ? "itself" : "themselves"}.
            </b>{" "}
            {both.length === 1 ? "One was" : `${both.length} were`}{" "}
            changed by both of you: choose below.
          </span>
        </p>
      )}
      <ConflictChoices both={both} by={by} />
      {joined.length > 0 && (
        <section class="panel" aria-labelledby="joined">
          <header>
            <h2 id="joined">Fits together</h2>
          </header>
          <dl class="pad changes">
            {joined.map(({ label, before, after, yours }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  <p>
                    <span class="sr">Before:</span>
                    <bdi>{before || "–"}</bdi> <span aria-hidden="true">→</span>{" "}
                    <span class="sr">Result:</span>
                    <b>{after || "–"}</b>{" "}
                    <span class="meta">{yours ? "Yours" : <bdi>{by}</bdi>}</span>
                  </p>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  );
}
