import type {
  Finding,
  ModelOption,
  ToolFields,
} from "../../../../lib/shared/views/tool_admin_view.ts";
import { described, Field, NumberField } from "./Field.tsx";
import { ModelSelect } from "./ModelSelect.tsx";

interface PromptFieldsProps {
  fields: ToolFields;
  findings: readonly Finding[];
  models: readonly ModelOption[];
  typical: string | null;
}

/** System prompt, model and its parameters. */
export function PromptFields({ fields, findings, models, typical }: PromptFieldsProps) {
  return (
    <fieldset>
      <legend>How it answers</legend>
      <Field
        id="systemPrompt"
        label="System prompt"
        hint={typical ??
          "What it is for, what it should ask, how it should answer, what it must not do."}
        findings={findings}
      >
        <textarea
          {...described("systemPrompt", findings)}
          class="prompt"
          rows={16}
          dir="auto"
          spellcheck
        >
          {fields.systemPrompt}
        </textarea>
      </Field>
      <Field
        id="model"
        label="Model"
        hint="Dollars for a million tokens, in and out."
        findings={findings}
      >
        <ModelSelect {...described("model", findings)} value={fields.model} models={models} />
      </Field>
      <div class="pair-of-fields">
        <NumberField
          id="temperature"
          label="Temperature"
          hint="0 keeps to the likeliest words, 1 is lively."
          value={fields.temperature}
          keys="decimal"
          findings={findings}
        />
        <NumberField
          id="maxTokens"
          label="Longest reply, in tokens"
          hint="1,000 tokens are about 750 English words."
          value={fields.maxTokens}
          keys="numeric"
          findings={findings}
        />
      </div>
    </fieldset>
  );
}
