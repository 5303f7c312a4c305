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
      open={isMarked(
        marked,
        "model",
        "effort",
        "pictureDetail",
        "temperature",
        "maxTokens",
        "chain",
        "keyTerms",
        "hearingModel",
      )}
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
        <Field
          id="pictureDetail"
          label="Detail of pictures"
          hint="High reads small print and costs up to ten times more for a picture. Claude always looks closely."
          findings={findings}
        >
          <select {...described("pictureDetail", findings)} class="in">
            {["low", "high"].map((detail) => (
              <option key={detail} value={detail} selected={detail === fields.pictureDetail}>
                {detail}
              </option>
            ))}
          </select>
        </Field>
        <NumberField
          id="temperature"
          label="Temperature"
          hint="0 keeps to the likeliest words, 1 is lively. Models that think first ignore it."
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
        hint="Up to four models, one on each line, such as anthropic:claude-haiku-5-5. Empty: the order under Providers and models. none: nobody answers in its place."
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
      <Field
        id="keyTerms"
        label="Names and terms"
        hint="One on each line, such as names of a book of the Bible. They help to write voice messages down."
        findings={findings}
      >
        <textarea {...described("keyTerms", findings)} class="in" rows={2} dir="auto">
          {fields.keyTerms}
        </textarea>
      </Field>
      <Field
        id="hearingModel"
        label="Model that hears recordings"
        hint="It answers spoken questions, and gets the recording besides its text: for languages that are written down badly or not at all. The sound of up to two minutes goes once, later questions have the text. Such as gpt-audio-1.5; empty: the text alone."
        findings={findings}
      >
        <input
          {...described("hearingModel", findings)}
          class="in"
          value={fields.hearingModel}
          maxLength={100}
          spellcheck={false}
          autocapitalize="off"
        />
      </Field>
    </Section>
  );
}
