import type { ComponentChildren } from "preact";
import type { ApiKeyFields } from "../../../lib/shared/views/api_key_view.ts";
import type { Finding } from "../../../lib/shared/views/tool_admin_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { described, Field, NumberField } from "../tools/editor/Field.tsx";

export interface KeyFormProps {
  token: string;
  fields: ApiKeyFields;
  findings: readonly Finding[];
  tools: readonly { id: string; name: string }[];
  /** Hidden fields and buttons. */
  children: ComponentChildren;
}

/** What a key may do, and how much. */
export function KeyForm({ token, fields, findings, tools, children }: KeyFormProps) {
  const scope = findings.filter(({ field }) => field === "scope");
  const kind = (value: "all" | "some", text: string) => (
    <label class="check">
      <input
        type="radio"
        name="scope"
        value={value}
        checked={fields.allTools === (value === "all")}
      />
      <span>{text}</span>
    </label>
  );
  return (
    <AdminForm token={token} class="form">
      <Field
        id="name"
        label="Name"
        hint="The program that uses it, such as Website."
        findings={findings}
      >
        <input
          {...described("name", findings)}
          class="in"
          value={fields.name}
          maxLength={60}
          autocomplete="off"
          required
        />
      </Field>
      <fieldset aria-describedby={scope.length > 0 ? "scope-finding" : undefined}>
        <legend>Tools</legend>
        {kind("all", "All, later ones included")}
        {kind("some", "Only these")}
        <div class="inline">
          {tools.map(({ id, name }) => (
            <label key={id} class="check">
              <input type="checkbox" name="tool" value={id} checked={fields.tools.includes(id)} />
              <span dir="auto">{name}</span>
            </label>
          ))}
        </div>
        {scope.map(({ text }) => <p key={text} id="scope-finding" class="finding error">{text}</p>)}
      </fieldset>
      <div class="inline">
        <NumberField
          id="day"
          label="Dollars a day"
          value={fields.day}
          hint="Empty: no limit of its own."
          keys="decimal"
          findings={findings}
        />
        <NumberField
          id="month"
          label="Dollars a month"
          value={fields.month}
          hint="Empty: no limit of its own."
          keys="decimal"
          findings={findings}
        />
        <NumberField
          id="rate"
          label="Requests a minute"
          value={fields.rate}
          hint="More are refused until the next."
          keys="numeric"
          findings={findings}
        />
        <Field id="expires" label="Last day" hint="Empty: no end." findings={findings}>
          <input
            {...described("expires", findings)}
            class="in"
            type="date"
            value={fields.expires}
          />
        </Field>
      </div>
      <p class="meta">The budgets of its tools and of the organisation count for it too.</p>
      {children}
    </AdminForm>
  );
}
