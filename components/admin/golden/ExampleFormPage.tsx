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
  limits: { question: number; expects: number };
  note: { good: boolean; text: string } | null;
  /** The field that is wrong, if any. */
  wrong: string | null;
}

/** Form of an example. */
export function ExampleFormPage(props: ExampleFormPageProps) {
  const { token, tool, example, fields, limits, note, wrong } = props;
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
        <AdminForm token={token} class="panel pad form">
          <p class="field">
            <label for="question">{GOLDEN.question}</label>
            <textarea
              class="in"
              id="question"
              name="question"
              rows={4}
              dir="auto"
              required
              maxLength={limits.question}
              aria-invalid={wrong === "question" ? "true" : undefined}
              aria-describedby="question-hint"
            >
              {fields.question}
            </textarea>
            <span class="hint" id="question-hint">{GOLDEN.questionHint}</span>
          </p>
          <p class="field">
            <label for="expects">{GOLDEN.expects}</label>
            <textarea
              class="in"
              id="expects"
              name="expects"
              rows={4}
              dir="auto"
              maxLength={limits.expects}
              aria-invalid={wrong === "expects" ? "true" : undefined}
              aria-describedby="expects-hint"
            >
              {fields.expects}
            </textarea>
            <span class="hint" id="expects-hint">{GOLDEN.expectsHint}</span>
          </p>
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
