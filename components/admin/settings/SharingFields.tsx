import { SETTING_LABELS } from "../../../lib/locales/admin/settings.ts";
import type { SettingsFields } from "../../../lib/shared/views/settings_view.ts";
import type { Finding } from "../../../lib/shared/views/tool_admin_view.ts";
import { described, Field } from "../tools/editor/Field.tsx";

interface SharingFieldsProps {
  fields: SettingsFields;
  found: readonly Finding[];
}

/** What people may do with their conversations, and whom they can ask. */
export function SharingFields({ fields, found }: SharingFieldsProps) {
  const field = (id: "contactName" | "contactPhone" | "contactMail", type: string) => (
    <Field id={id} label={SETTING_LABELS[id]} findings={found}>
      <input
        {...described(id, found, false)}
        class="in"
        type={type}
        value={fields[id]}
        autocomplete="off"
        dir="auto"
      />
    </Field>
  );
  return (
    <>
      <label class="check">
        <input type="checkbox" name="sharing" checked={fields.sharing} />
        <span>Conversations may be shared by a read-only link</span>
      </label>
      {field("contactName", "text")}
      {field("contactPhone", "tel")}
      {field("contactMail", "email")}
    </>
  );
}
