import type {
  Finding,
  ModelOption,
  ToolFields,
} from "../../../../lib/shared/views/tool_admin_view.ts";
import { described, Field, NumberField } from "./Field.tsx";
import { ModelSelect } from "./ModelSelect.tsx";
import { Section } from "./Section.tsx";
import { isMarked, SECTION_VALUES } from "./section_values.ts";

interface CostFieldsProps {
  fields: ToolFields;
  findings: readonly Finding[];
  /** Fields that a finding or a conflict is about. */
  marked: readonly string[];
  models: readonly ModelOption[];
}

const SHARES = ["50", "60", "70", "80", "90", "95"];

/** Daily budget of a tool, and what happens near its end. */
export function CostFields({ fields, findings, marked, models }: CostFieldsProps) {
  const { downgradeFrom } = fields;
  const shares = downgradeFrom === "" || SHARES.includes(downgradeFrom)
    ? SHARES
    : [...SHARES, downgradeFrom];
  return (
    <Section
      title="Budget"
      value={SECTION_VALUES.budget(fields)}
      open={isMarked(marked, "ceiling", "downgradeFrom", "fallbackModel")}
    >
      <NumberField
        id="ceiling"
        label="Dollars a day"
        hint="It is never exceeded. Empty: no limit."
        value={fields.ceiling}
        keys="decimal"
        findings={findings}
      />
      <div class="inline">
        <Field
          id="downgradeFrom"
          label="Cheaper model from"
          hint="Of the day's budget."
          findings={findings}
        >
          <select {...described("downgradeFrom", findings)} class="in">
            {shares.map((share) => (
              <option key={share} value={share} selected={share === downgradeFrom}>{share}%</option>
            ))}
            <option value="" selected={downgradeFrom === ""}>never</option>
          </select>
        </Field>
        <Field id="fallbackModel" label="Cheaper model" findings={findings}>
          <ModelSelect
            {...described("fallbackModel", findings, false)}
            value={fields.fallbackModel}
            models={models}
            none="Let the program choose"
          />
        </Field>
      </div>
      <label class="check">
        <input type="checkbox" name="clamp" checked={fields.clamp} />
        <span>Near the end of the budget, shorten replies before stopping</span>
      </label>
    </Section>
  );
}
