import type { Finding, ToolFields } from "../../../../lib/shared/views/tool_admin_view.ts";
import { Section } from "./Section.tsx";
import { isMarked, SECTION_VALUES } from "./section_values.ts";

interface ExampleFieldsProps {
  fields: ToolFields;
  findings: readonly Finding[];
  /** Fields that a finding or a conflict is about. */
  marked: readonly string[];
}

/** Example questions with their expected replies; the preview adds corrected ones. */
export function ExampleFields({ fields, findings, marked }: ExampleFieldsProps) {
  const found = findings.filter(({ field }) => field === "examples");
  return (
    <Section
      id="examples"
      title="Examples"
      value={SECTION_VALUES.examples(fields)}
      open={isMarked(marked, "examples")}
    >
      <p class="hint">
        Show the model how to answer. Each example goes with every message and is paid for as part
        of the prompt.
      </p>
      {found.map(({ level, text }) => <p key={text} class={`finding ${level}`}>{text}</p>)}
      <ol class="form">
        {fields.examples.map(({ question, answer }, i) => (
          <li key={i} class="form" data-example={i}>
            <div class="field">
              <label for={`exampleQuestion${i}`}>Question {i + 1}</label>
              <textarea
                id={`exampleQuestion${i}`}
                name={`exampleQuestion${i}`}
                class="in"
                rows={2}
                maxLength={400}
                dir="auto"
              >
                {question}
              </textarea>
            </div>
            <div class="field">
              <label for={`exampleAnswer${i}`}>Good reply {i + 1}</label>
              <textarea
                id={`exampleAnswer${i}`}
                name={`exampleAnswer${i}`}
                class="in"
                rows={3}
                maxLength={1200}
                dir="auto"
              >
                {answer}
              </textarea>
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}
