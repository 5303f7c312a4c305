import type { BothChanged, TextPart } from "../../../../lib/shared/views/tool_admin_view.ts";

interface ConflictChoicesProps {
  both: readonly BothChanged[];
  /** Author of the other version. */
  by: string;
}

/** The fields that two admins changed: for each a choice of theirs, yours, or both together. */
export function ConflictChoices({ both, by }: ConflictChoicesProps) {
  return (
    <section class="panel conflict" aria-labelledby="both" role="alert" tabIndex={-1} autoFocus>
      <header>
        <h2 id="both">Changed by both</h2>
        <span class="meta">
          <bdi>{by}</bdi> and you
        </span>
      </header>
      <div class="pad stack">
        {both.map((each) => <Choice key={each.field} {...each} by={by} />)}
      </div>
    </section>
  );
}

function Choice(props: BothChanged & { by: string }) {
  const { field, label, before, theirs, yours, together, fits, by } = props;
  const radio = (value: string, checked: boolean) => (
    <input type="radio" name={`choose-${field}`} value={value} checked={checked} />
  );
  return (
    <fieldset class="pick">
      <legend>
        <h3>{label}</h3>
      </legend>
      {before === null && (
        <p class="meta">The version that both began with is no longer in the history.</p>
      )}
      <label>
        {radio("theirs", false)}
        <span>
          <b>
            <bdi>{by}</bdi>
          </b>
          <Parts parts={theirs} />
        </span>
      </label>
      <label>
        {radio("yours", !fits)}
        <span>
          <b>Yours</b>
          <Parts parts={yours} />
        </span>
      </label>
      {together !== null && (
        <>
          <label>
            {radio("together", fits)}
            <span>
              <b>Both together</b>
              <span class="meta">
                {fits
                  ? "The two changes are in different places. Read it once, and edit it as you like."
                  : "Has both wordings, theirs first where they meet: edit it as you like."}
              </span>
            </span>
          </label>
          <textarea
            class="in"
            name={`together-${field}`}
            aria-label={`${label}: both together`}
            rows={field === "systemPrompt" ? 10 : 3}
            dir="auto"
            spellcheck
          >
            {together}
          </textarea>
        </>
      )}
    </fieldset>
  );
}

/** A text with its deletions and insertions. */
function Parts({ parts }: { parts: readonly TextPart[] }) {
  if (parts.every(({ text }) => text === "")) return <span class="meta">(empty)</span>;
  return (
    <span class="parts" dir="auto">
      {parts.map(({ kind, text }, i) =>
        kind === "same"
          ? text
          : kind === "added"
          ? <ins key={i}>{text}</ins>
          : <del key={i}>{text}</del>
      )}
    </span>
  );
}
