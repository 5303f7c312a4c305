import type { Finding, ToolFields } from "../../../../lib/shared/views/tool_admin_view.ts";
import { described } from "./Field.tsx";

interface PromptFieldProps {
  fields: ToolFields;
  findings: readonly Finding[];
  /** Cost of a typical message, as a sentence. */
  typical: string | null;
}

/** The system prompt: the main thing of a tool, set as prose. */
export function PromptField({ fields, findings, typical }: PromptFieldProps) {
  const found = findings.filter(({ field }) => field === "systemPrompt");
  return (
    <section class="panel" aria-labelledby="prompt-title">
      <header>
        <h2 id="prompt-title">
          <label for="systemPrompt">Prompt</label>
        </h2>
      </header>
      <textarea
        {...described("systemPrompt", findings)}
        class="prompt"
        rows={16}
        dir="auto"
        spellcheck
      >
        {fields.systemPrompt}
      </textarea>
      <div class="foot">
        {!found.some(({ level }) => level === "error") && (
          <p id="systemPrompt-hint">
            {typical ??
              "What it is for, what it should ask, how it should answer, what it must not do."}
          </p>
        )}
        {found.length > 0 && (
          <div id="systemPrompt-finding">
            {found.map(({ level, text }) => <p key={text} class={`finding ${level}`}>{text}</p>)}
          </div>
        )}
      </div>
    </section>
  );
}
