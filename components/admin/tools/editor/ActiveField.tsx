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

interface HintedBoxProps {
  title: string;
  /** Summary of the section. */
  value: string;
  name: "remembers" | "keepsRecordings";
  checked: boolean;
  label: string;
  hint: string;
}

/** A section with one box, which says what it does. */
function HintedBox({ title, value, name, checked, label, hint }: HintedBoxProps) {
  return (
    <Section title={title} value={value} open={false}>
      <label class="check">
        <input type="checkbox" name={name} checked={checked} aria-describedby={`${name}-hint`} />
        <span>{label}</span>
      </label>
      <p id={`${name}-hint`} class="meta">{hint}</p>
    </Section>
  );
}

/** Whether the tool keeps notes of ended conversations. */
export function MemoryField({ fields }: { fields: ToolFields }) {
  return (
    <HintedBox
      title="Memory"
      value={SECTION_VALUES.memory(fields)}
      name="remembers"
      checked={fields.remembers}
      label="Remember conversations"
      hint="A cheap model writes a short note when a conversation ends; later conversations of the same person can use it. The chat says so. People see, change and delete the notes, and can switch this off for themselves."
    />
  );
}

/** Whether voice messages stay as they were spoken. */
export function RecordingsField({ fields }: { fields: ToolFields }) {
  return (
    <HintedBox
      title="Recordings"
      value={SECTION_VALUES.recordings(fields)}
      name="keepsRecordings"
      checked={fields.keepsRecordings}
      label="Keep recordings"
      hint="The sound of a voice message stays with its text until the conversation is deleted. The chat says so. Without it people choose on the page for themselves, and voice messages on WhatsApp are written down only."
    />
  );
}
