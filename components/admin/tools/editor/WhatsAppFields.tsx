import type { Finding, ToolFields } from "../../../../lib/shared/views/tool_admin_view.ts";
import { described, Field } from "./Field.tsx";
import { Section } from "./Section.tsx";
import { isMarked, SECTION_VALUES } from "./section_values.ts";

interface WhatsAppFieldsProps {
  fields: ToolFields;
  findings: readonly Finding[];
  /** Fields that a finding or a conflict is about. */
  marked: readonly string[];
}

/** Whether a tool answers on WhatsApp, and its scope. */
export function WhatsAppFields({ fields, findings, marked }: WhatsAppFieldsProps) {
  return (
    <Section
      title="WhatsApp"
      value={SECTION_VALUES.whatsapp(fields)}
      open={isMarked(marked, "whatsapp", "whatsappScope")}
    >
      <label class="check">
        <input type="checkbox" name="whatsapp" checked={fields.whatsapp} />
        <span>Answer on WhatsApp too</span>
      </label>
      <Field
        id="whatsappScope"
        label="What it is for there"
        hint="WhatsApp allows no general assistants. In a sentence or two: what people may ask it. It refuses the rest politely."
        findings={findings}
      >
        <textarea
          {...described("whatsappScope", findings)}
          class="in"
          rows={3}
          maxLength={500}
          dir="auto"
        >
          {fields.whatsappScope}
        </textarea>
      </Field>
    </Section>
  );
}
