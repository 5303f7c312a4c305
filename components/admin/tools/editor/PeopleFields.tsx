import type { Finding, ToolFields } from "../../../../lib/shared/views/tool_admin_view.ts";
import { described, Field } from "./Field.tsx";

interface PeopleFieldsProps {
  fields: ToolFields;
  findings: readonly Finding[];
}

/** Public name, icon, description and starters. */
export function PeopleFields({ fields, findings }: PeopleFieldsProps) {
  return (
    <fieldset>
      <legend>What people see</legend>
      <div class="icon-and-name">
        <Field id="icon" label="Icon" findings={findings}>
          <input {...described("icon", findings, false)} value={fields.icon} maxLength={16} />
        </Field>
        <Field id="name" label="Name" findings={findings}>
          <input
            {...described("name", findings, false)}
            value={fields.name}
            maxLength={80}
            required
            dir="auto"
            autocomplete="off"
          />
        </Field>
      </div>
      <Field id="description" label="Description" hint="One line on the card." findings={findings}>
        <input
          {...described("description", findings)}
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
        <input {...described("group", findings)} value={fields.group} maxLength={40} dir="auto" />
      </Field>
      <Field
        id="starters"
        label="Questions to start with"
        hint="One on each line, at most six. They are buttons in an empty chat."
        findings={findings}
      >
        <textarea {...described("starters", findings)} rows={4} dir="auto">
          {fields.starters}
        </textarea>
      </Field>
    </fieldset>
  );
}
