import type { DiffLine, FieldChange } from "../../../lib/shared/views/tool_admin_view.ts";

interface ChangesProps {
  changes: readonly FieldChange[];
  /** Labels of the two sides. */
  before: string;
  after: string;
}

/** Differences between two states of a tool, by field. */
export function Changes({ changes, before, after }: ChangesProps) {
  return (
    <dl class="changes">
      {changes.map(({ field, label, lines, ...sides }) => (
        <div key={field}>
          <dt>{label}</dt>
          <dd>
            {lines ? <Lines lines={lines} before={before} after={after} /> : (
              <p>
                <del>
                  <span class="sr">{before}:</span>
                  {sides.before || "(empty)"}
                </del>{" "}
                <span aria-hidden="true">→</span>{" "}
                <ins>
                  <span class="sr">{after}:</span>
                  {sides.after || "(empty)"}
                </ins>
              </p>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const MARKS = { added: "+", removed: "−", same: " ", skipped: "…" } as const;

function Lines(
  { lines, before, after }: { lines: readonly DiffLine[] } & Omit<ChangesProps, "changes">,
) {
  const said = { added: `${after}: `, removed: `${before}: `, same: "", skipped: "" };
  return (
    <ol class="diff" tabIndex={0} role="list" aria-label={`${before} and ${after}, line by line`}>
      {lines.map(({ kind, text }, i) => (
        <li key={i} class={kind}>
          <span class="mark" aria-hidden="true">{MARKS[kind]}</span>
          <span class="line" dir="auto">
            {said[kind] && <span class="sr">{said[kind]}</span>}
            {text || " "}
          </span>
        </li>
      ))}
    </ol>
  );
}
