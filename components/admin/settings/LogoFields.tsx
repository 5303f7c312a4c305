import type { BrandView } from "../../../lib/shared/views/brand_view.ts";
import type { Finding } from "../../../lib/shared/views/tool_admin_view.ts";
import { described, Field } from "../tools/editor/Field.tsx";

/** Form that uploads or removes the logo; it stands beside the settings' form. */
export const LOGO_FORM = "logo-form";
const FILE = "logo-file";

interface LogoFieldsProps {
  found: readonly Finding[];
  logo: BrandView["logo"];
}

/** Upload and removal of the organisation's logo. */
export function LogoFields({ found, logo }: LogoFieldsProps) {
  const findings = found.map((each) => ({ ...each, field: FILE }));
  return (
    <>
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
        id={FILE}
        label={logo ? "Another picture" : "Picture"}
        hint="PNG, JPEG or WebP of at most 48 KiB and 1024 pixels on each side."
        findings={findings}
      >
        <input
          {...described(FILE, findings)}
          class="in"
          name="logo"
          form={LOGO_FORM}
          type="file"
          accept="image/png,image/jpeg,image/webp"
        />
      </Field>
      <p class="acts">
        <button class="btn" type="submit" form={LOGO_FORM}>Save the logo</button>
        {logo && (
          <button
            class="btn quiet"
            name="action"
            value="remove"
            type="submit"
            form={LOGO_FORM}
            formNoValidate
          >
            Take the logo away
          </button>
        )}
      </p>
    </>
  );
}
