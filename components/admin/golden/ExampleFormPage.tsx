import { GOLDEN } from "../../../lib/locales/admin/experiments/golden.ts";
import type { GoldenExampleView } from "../../../lib/shared/views/golden_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { MoreStyles } from "../MoreStyles.tsx";
import { Note } from "../Note.tsx";

export interface ExampleFormPageProps {
  token: string;
  tool: { id: string; name: string };
  /** Null for a new one. */
  example: Pick<GoldenExampleView, "earlier" | "taken"> | null;
  /** As typed. */
  fields: { question: string; expects: string };
  /** Names the stored texts that are compared with when it is saved. */
  seen: string;
  /** What another admin has saved meanwhile, if that differs. */
  theirs: { question: string; expects: string } | null;
  limits: { question: number; expects: number };
  note: { good: boolean; text: string } | null;
  /** The field that is wrong, if any. */
  wrong: string | null;
}

/** Form of an example. */
export function ExampleFormPage(props: ExampleFormPageProps) {
  const { token, tool, example, fields, seen, theirs, limits, note, wrong } = props;
  const parent = { href: `/admin/golden?tool=${tool.id}`, label: GOLDEN.title };
  return (
    <AdminPage
      title={example === null ? GOLDEN.adding : GOLDEN.editing}
      parent={parent}
      lead={tool.name}
    >
      <MoreStyles />
      {note && <Note good={note.good}>{note.text}</Note>}
      <div class="narrow stack">
        {example !== null && example.earlier.length > 0 && (
          <section class="panel pad" aria-labelledby="earlier">
            <h2 id="earlier">{GOLDEN.earlier}</h2>
            <Earlier earlier={example.earlier} />
          </section>
        )}
        {theirs && (
          <section class="panel pad" aria-labelledby="theirs">
            <h2 id="theirs">{GOLDEN.theirs}</h2>
            <p dir="auto">{theirs.question}</p>
            <p dir="auto">{theirs.expects}</p>
          </section>
        )}
        <AdminForm
          token={token}
          class="panel pad form example"
          action={example === null ? `/admin/golden/${tool.id}/new` : undefined}
        >
          {example && <input type="hidden" name="seen" value={seen} />}
          <TextField
            name="question"
            required
            {...{ limits, fields, wrong }}
            label={GOLDEN.question}
            hint={GOLDEN.questionHint}
          />
          <TextField
            name="expects"
            {...{ limits, fields, wrong }}
            label={GOLDEN.expects}
            hint={GOLDEN.expectsHint}
          />
          {example?.taken && <p class="hint">{GOLDEN.taken}</p>}
          <div class="acts">
            <button class="btn pri" type="submit" name="action" value="save">{GOLDEN.save}</button>
            {example !== null && (
              <button class="btn quiet" type="submit" name="action" value="remove" formNoValidate>
                {GOLDEN.remove}
              </button>
            )}
          </div>
        </AdminForm>
      </div>
    </AdminPage>
  );
}

interface TextFieldProps extends Pick<ExampleFormPageProps, "fields" | "limits" | "wrong"> {
  name: "question" | "expects";
  label: string;
  hint: string;
  required?: boolean;
}

function TextField({ name, label, hint, required, fields, limits, wrong }: TextFieldProps) {
  return (
    <p class="field">
      <label for={name}>{label}</label>
      <textarea
        class="in"
        id={name}
        name={name}
        rows={4}
        dir="auto"
        required={required}
        maxLength={limits[name]}
        aria-invalid={wrong === name ? "true" : undefined}
        aria-describedby={`${name}-hint`}
      >
        {fields[name]}
      </textarea>
      <span class="hint" id={`${name}-hint`}>{hint}</span>
    </p>
  );
}

/** Earlier messages of an example. */
export function Earlier({ earlier }: Pick<GoldenExampleView, "earlier">) {
  return (
    <ul class="earlier">
      {earlier.map(({ role, text }, i) => (
        <li key={i}>
          <span class="meta">{role === "user" ? GOLDEN.person : GOLDEN.reply}</span>
          <p dir="auto">{text}</p>
        </li>
      ))}
    </ul>
  );
}
