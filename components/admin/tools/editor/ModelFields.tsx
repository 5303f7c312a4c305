import type {
  Finding,
  ModelOption,
  ToolFields,
} from "../../../../lib/shared/views/tool_admin_view.ts";
import { described, Field, NumberField } from "./Field.tsx";
import { EffortOptions, ModelSelect } from "./ModelSelect.tsx";
import { Section } from "./Section.tsx";
import { isMarked, SECTION_VALUES } from "./section_values.ts";

interface ModelFieldsProps {
  fields: ToolFields;
  findings: readonly Finding[];
  /** Fields that a finding or a conflict is about. */
  marked: readonly string[];
  models: readonly ModelOption[];
}

/** The model and its parameters. */
export function ModelFields({ fields, findings, marked, models }: ModelFieldsProps) {
  return (
    <Section
      title="Model"
      value={SECTION_VALUES.model(fields)}
      open={isMarked(marked, "model", "effort", "temperature", "maxTokens", "chain")}
    >
      <Field
        id="model"
        label="Model"
        hint="Dollars for a million tokens, in and out."
        findings={findings}
      >
        <ModelSelect {...described("model", findings)} value={fields.model} models={models} />
      </Field>
      <div class="inline">
        <Field
          id="effort"
          label="Effort"
          hint="For models that think before they write. More costs more."
          findings={findings}
        >
          <select {...described("effort", findings)} class="in">
            <EffortOptions value={fields.effort} models={models} />
          </select>
        </Field>
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
          label="Longest reply"
          hint="In tokens. 1,000 are about 750 English words."
          value={fields.maxTokens}
          keys="numeric"
          findings={findings}
        />
      </div>
      <Field
        id="chain"
        label="If the model fails, ask"
        hint="Up to four models, one per line. Empty: as in Settings. “none”: no other model."
        findings={findings}
      >
        <textarea
          {...described("chain", findings)}
          class="in"
          rows={2}
          value={fields.chain}
          spellcheck={false}
          autocapitalize="off"
        />
      </Field>
    </Section>
  );
}
