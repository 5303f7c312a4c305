import type { TargetedEvent } from "preact";
import type { ModelOption } from "../../../../lib/shared/views/tool_admin_view.ts";
import { priceText } from "./prices.ts";
import { EFFORT_NAMES } from "./section_values.ts";

interface ModelSelectProps {
  id: string;
  "aria-describedby"?: string;
  value: string;
  models: readonly ModelOption[];
  /** Label of the empty choice; without it a model is required. */
  none?: string;
  onInput?: (event: TargetedEvent<HTMLSelectElement>) => void;
}

/** Select of models with their prices. */
export function ModelSelect({ models, value, none, ...input }: ModelSelectProps) {
  const unknown = value !== "" && !models.some(({ model }) => model === value);
  return (
    <select class="in" name={input.id} {...input}>
      {none !== undefined && <option value="" selected={value === ""}>{none}</option>}
      {unknown && <option value={value} selected>{value} · no price known</option>}
      {models.map((option) => (
        <option key={option.model} value={option.model} selected={option.model === value}>
          {option.model} · {priceText(option)}
          {option.ends !== null && ` · ${option.ends}`}
        </option>
      ))}
    </select>
  );
}

interface EffortOptionsProps {
  value: string;
  models: readonly ModelOption[];
}

/** Options of a select of reasoning efforts, least first: those that any of the models takes. */
export function EffortOptions({ value, models }: EffortOptionsProps) {
  const taken = new Set(models.flatMap(({ efforts }) => efforts));
  const offered = Object.entries(EFFORT_NAMES)
    .filter(([effort]) => taken.has(effort) || effort === value);
  return (
    <>
      <option value="" selected={value === ""}>the least</option>
      {offered.map(([effort, name]) => (
        <option key={effort} value={effort} selected={effort === value}>{name}</option>
      ))}
    </>
  );
}
