import type { TargetedEvent } from "preact";
import type { ModelOption } from "../../../../lib/shared/views/tool_admin_view.ts";
import { priceText } from "./prices.ts";

interface ModelSelectProps {
  id: string;
  "aria-describedby"?: string;
  value: string;
  models: readonly ModelOption[];
  /** What no model means, if it means anything. */
  none?: string;
  onInput?: (event: TargetedEvent<HTMLSelectElement>) => void;
}

/** The models of the price table, each with its price. */
export function ModelSelect({ models, value, none, ...input }: ModelSelectProps) {
  const unknown = value !== "" && !models.some(({ model }) => model === value);
  return (
    <select name={input.id} {...input}>
      {none !== undefined && <option value="" selected={value === ""}>{none}</option>}
      {unknown && <option value={value} selected>{value} · no price known</option>}
      {models.map((option) => (
        <option key={option.model} value={option.model} selected={option.model === value}>
          {option.model} · {priceText(option)}
        </option>
      ))}
    </select>
  );
}
