import type { BrandView } from "../../../lib/shared/views/brand_view.ts";
import type { SettingsForm } from "../../../lib/shared/views/settings_view.ts";
import type { Finding } from "../../../lib/shared/views/tool_admin_view.ts";
import { described, Field } from "../tools/editor/Field.tsx";
import { GroupForm } from "./GroupForm.tsx";

interface LogoFormProps {
  token: string;
  timeZone: string;
  group: string;
  form: SettingsForm | undefined;
  found: readonly Finding[];
  logo: BrandView["logo"];
}

/** Upload and removal of the organisation's logo. */
export function LogoForm(props: LogoFormProps) {
  const { found, logo } = props;
  return (
    <GroupForm
      {...props}
      title="Logo"
      lead="Beside the name on every page. It must be seen on light and dark grounds."
      multipart
      actions={logo && (
        <button class="btn" name="action" value="remove" type="submit" formNoValidate>
          Take the logo away
        </button>
      )}
    >
      {logo && (
        <p class="logo-now">
          <img
            class="logo"
            src={logo.href}
            width={logo.width}
            height={logo.height}
            alt="The logo as it is now"
          />
          <span class="meta">{logo.width} × {logo.height} pixels</span>
        </p>
      )}
      <Field
        id="logo-file"
        label={logo ? "Another picture" : "Picture"}
        hint="PNG, JPEG or WebP of at most 48 KiB and 1024 pixels on each side."
        findings={found.map((each) => ({ ...each, field: "logo-file" }))}
      >
        <input
          {...described("logo-file", found.map((each) => ({ ...each, field: "logo-file" })))}
          class="in"
          name="logo"
          type="file"
          accept="image/png,image/jpeg,image/webp"
        />
      </Field>
    </GroupForm>
  );
}
