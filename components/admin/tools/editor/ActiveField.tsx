import type { ToolFields } from "../../../../lib/shared/views/tool_admin_view.ts";
import { Section } from "./Section.tsx";
import { SECTION_VALUES } from "./section_values.ts";

/** Whether people see the tool. */
export function ActiveField({ fields }: { fields: ToolFields }) {
  return (
    <Section title="Who may use it" value={SECTION_VALUES.active(fields)} open={false}>
      <label class="check">
        <input type="checkbox" name="active" checked={fields.active} />
        <span>Everybody with the address: it is switched on and people see it</span>
      </label>
    </Section>
  );
}
