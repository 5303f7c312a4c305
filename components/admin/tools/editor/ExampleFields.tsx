import type { Finding, ToolFields } from "../../../../lib/shared/views/tool_admin_view.ts";

interface ExampleFieldsProps {
  fields: ToolFields;
  findings: readonly Finding[];
}

/** Example questions with their expected replies; the preview adds corrected ones. */
export function ExampleFields({ fields, findings }: ExampleFieldsProps) {
  const used = fields.examples.filter(({ question }) => question !== "").length;
  const found = findings.filter(({ field }) => field === "examples");
  return (
    <fieldset id="examples">
      <legend>Examples</legend>
      <p class="meta">
        Show the model how to answer. Each example goes with every message and is paid for as part
        of the prompt.
      </p>
      {found.map(({ level, text }) => <p key={text} class={`finding ${level}`}>{text}</p>)}
      <details open={used > 0 || found.length > 0}>
        <summary class="button">
          {used === 0 ? "Add examples" : used === 1 ? "1 example" : `${used} examples`}
        </summary>
        <ol class="examples">
          {fields.examples.map(({ question, answer }, i) => (
            <li key={i} data-example={i}>
              <div class="field">
                <label for={`exampleQuestion${i}`}>Question {i + 1}</label>
                <textarea
                  id={`exampleQuestion${i}`}
                  name={`exampleQuestion${i}`}
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
      </details>
    </fieldset>
  );
}
