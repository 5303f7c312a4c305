import type { ConflictView } from "../../../../lib/shared/views/tool_admin_view.ts";
import { When } from "../../When.tsx";
import { Changes } from "../Changes.tsx";

/** Edit conflict: both versions and the choices; no input is lost. */
export function ConflictNote({ conflict, timeZone }: { conflict: ConflictView; timeZone: string }) {
  const { by, at, changes } = conflict;
  const long = changes.filter(({ lines }) => lines !== null);
  return (
    <section class="note warn conflict" aria-label="Conflict" role="alert" tabIndex={-1} autoFocus>
      <h2>Somebody else changed this tool while you were writing</h2>
      <p>
        {by || "Somebody"} saved it{" "}
        {at > 0 && <When at={at} timeZone={timeZone} />}. Both of you changed what is listed here.
        Yours is not saved yet: it stands in the form below, with theirs in all fields that you did
        not touch. Saving now puts yours in the place of theirs; theirs stays in the history.{" "}
        <a href="">Take theirs and drop mine</a>
      </p>
      <h3>From theirs (−) to yours (+)</h3>
      {changes.length === 0
        ? <p>Both say the same.</p>
        : <Changes changes={changes} before="Theirs" after="Yours" />}
      {long.map(({ field, label, before }) => (
        <details key={field}>
          <summary class="button">Their {label.toLowerCase()} in full</summary>
          <pre class="full" tabIndex={0} dir="auto">{before}</pre>
        </details>
      ))}
    </section>
  );
}
