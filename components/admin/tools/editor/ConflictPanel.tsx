import type { ConflictView } from "../../../../lib/shared/views/tool_admin_view.ts";
import { AdminIcon } from "../../AdminIcon.tsx";
import { Changes } from "../Changes.tsx";

/** What two admins changed both: theirs beside yours. The form below has the rest together. */
export function ConflictPanel({ conflict }: { conflict: ConflictView }) {
  const { by, changes } = conflict;
  const who = by || "Somebody";
  const long = changes.filter(({ lines }) => lines !== null);
  return (
    <section class="panel conflict" aria-labelledby="both" role="alert" tabIndex={-1} autoFocus>
      <header>
        <h2 id="both">Changed by both</h2>
        <span class="meta">
          <bdi>{who}</bdi> (−) and you (+)
        </span>
      </header>
      <div class="pad stack">
        <p>
          The rest fits together by itself: it stands below, theirs and yours. Where both of you
          changed the same, yours stands below and is not saved yet.
        </p>
        {changes.length === 0
          ? <p>Both say the same.</p>
          : <Changes changes={changes} before="Theirs" after="Yours" />}
        {long.map(({ field, label, before }) => (
          <details key={field} class="more">
            <summary>
              Their {label.toLowerCase()} in full <AdminIcon name="chevron" />
            </summary>
            <pre class="full" tabIndex={0} dir="auto">{before}</pre>
          </details>
        ))}
      </div>
    </section>
  );
}
