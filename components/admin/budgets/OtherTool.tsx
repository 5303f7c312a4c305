import type { BudgetFields } from "../../../lib/shared/views/budget_view.ts";
import type { Finding } from "../../../lib/shared/views/tool_admin_view.ts";
import { described, Field } from "../tools/editor/Field.tsx";

interface OtherToolProps {
  /** Tools without limits of their own. */
  others: readonly { id: string; name: string }[];
  fields: BudgetFields;
  findings: readonly Finding[];
}

const AMOUNTS = [["otherDay", "A day, in $"], ["otherMonth", "A month, in $"]] as const;

/** Gives another tool limits of its own, in the same form. */
export function OtherTool({ others, fields, findings }: OtherToolProps) {
  if (others.length === 0) return null;
  const chosen = fields.otherTool ?? "";
  // Somebody may have given it limits meanwhile: then it is in the table.
  const typed = chosen === "" || others.some(({ id }) => id === chosen) ? fields : {};
  const open = AMOUNTS.some(([id]) => (typed[id] ?? "") !== "") || (typed.otherTool ?? "") !== "";
  return (
    <details class="more foot" open={open}>
      <summary>Give another tool its own</summary>
      <div class="inline">
        <Field id="otherTool" label="Tool" findings={findings}>
          <select {...described("otherTool", findings, false)} class="in">
            <option value="">Choose…</option>
            {others.map(({ id, name }) => (
              <option key={id} value={id} selected={id === chosen}>{name}</option>
            ))}
          </select>
        </Field>
        {AMOUNTS.map(([id, label]) => (
          <Field key={id} id={id} label={label} findings={findings}>
            <input
              {...described(id, findings, false)}
              class="in n"
              value={typed[id] ?? ""}
              inputmode="decimal"
              autocomplete="off"
              maxLength={20}
            />
          </Field>
        ))}
      </div>
    </details>
  );
}
