import type {
  Finding,
  ModelOption,
  ToolFields,
} from "../../../../lib/shared/views/tool_admin_view.ts";
import { described, Field, NumberField } from "./Field.tsx";
import { ModelSelect } from "./ModelSelect.tsx";

interface CostFieldsProps {
  fields: ToolFields;
  findings: readonly Finding[];
  models: readonly ModelOption[];
}

const SHARES = ["50", "60", "70", "80", "90", "95"];

/** Daily ceiling and degradation of a tool. */
export function CostFields({ fields, findings, models }: CostFieldsProps) {
  const { downgradeFrom } = fields;
  const shares = downgradeFrom === "" || SHARES.includes(downgradeFrom)
    ? SHARES
    : [...SHARES, downgradeFrom];
  return (
    <fieldset>
      <legend>What it may cost</legend>
      <NumberField
        id="ceiling"
        label="Daily ceiling, in dollars"
        hint="It is never exceeded. Empty: none."
        value={fields.ceiling}
        keys="decimal"
        findings={findings}
      />
      <div class="pair-of-fields">
        <Field
          id="downgradeFrom"
          label="Cheaper model from"
          hint="Of the day's ceiling."
          findings={findings}
        >
          <select {...described("downgradeFrom", findings)}>
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
      <label class="tick">
        <input type="checkbox" name="clamp" checked={fields.clamp} />
        <span>Near the end of the budget, shorten replies before stopping</span>
      </label>
    </fieldset>
  );
}
