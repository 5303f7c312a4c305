import type { Finding, ToolFields } from "../../../../lib/shared/views/tool_admin_view.ts";
import { described, Field } from "./Field.tsx";
import { Section } from "./Section.tsx";
import { isMarked, SECTION_VALUES } from "./section_values.ts";

interface PeopleFieldsProps {
  fields: ToolFields;
  findings: readonly Finding[];
  /** Fields that a finding or a conflict is about. */
  marked: readonly string[];
  /** A new tool begins with these fields. */
  open: boolean;
}

/** Public name, icon, description and starters. */
export function PeopleFields({ fields, findings, marked, open }: PeopleFieldsProps) {
  return (
    <Section
      title="What people see"
      value={SECTION_VALUES.people(fields)}
      open={open || isMarked(marked, "icon", "name", "description", "group", "starters")}
    >
      <div class="icon-and-name">
        <Field id="icon" label="Icon" findings={findings}>
          <input
            {...described("icon", findings, false)}
            class="in"
            value={fields.icon}
            maxLength={16}
          />
        </Field>
        <Field id="name" label="Name" findings={findings}>
          <input
            {...described("name", findings, false)}
            class="in"
            value={fields.name}
            maxLength={80}
            dir="auto"
            autocomplete="off"
          />
        </Field>
      </div>
      <Field id="description" label="Description" hint="One line on the card." findings={findings}>
        <input
          {...described("description", findings)}
          class="in"
          value={fields.description}
          maxLength={300}
          dir="auto"
          autocomplete="off"
        />
      </Field>
      <Field
        id="group"
        label="Group"
        hint="The heading on the home page, such as Bible translation."
        findings={findings}
      >
        <input
          {...described("group", findings)}
          class="in"
          value={fields.group}
          maxLength={40}
          dir="auto"
        />
      </Field>
      <Field
        id="starters"
        label="Questions to start with"
        hint="One on each line, at most six. They are buttons in an empty chat."
        findings={findings}
      >
        <textarea {...described("starters", findings)} class="in" rows={4} dir="auto">
          {fields.starters}
        </textarea>
      </Field>
    </Section>
  );
}
