import type { SettingsFields } from "../../../lib/shared/views/settings_view.ts";
import type { Finding } from "../../../lib/shared/views/tool_admin_view.ts";
import { described, Field } from "../tools/editor/Field.tsx";

export interface ToneSwatches {
  accent: string;
  onAccent: string;
}

interface OrganisationFieldsProps {
  fields: SettingsFields;
  found: readonly Finding[];
  /** Value of the colour picker. */
  picked: string;
  /** Swatches derived from the colour, or null without one. */
  tones: { light: ToneSwatches; dark: ToneSwatches } | null;
}

/** The organisation's name and accent colour. */
export function OrganisationFields({ fields, found, picked, tones }: OrganisationFieldsProps) {
  return (
    <>
      <Field id="name" label="Name" findings={found}>
        <input
          {...described("name", found, false)}
          class="in"
          value={fields.name}
          maxLength={60}
          required
          dir="auto"
          autocomplete="off"
        />
      </Field>
      <div class="inline">
        <Field
          id="colour"
          label="Colour, #rrggbb"
          hint="Empty for the program's own."
          findings={found}
        >
          <input
            {...described("colour", found)}
            class="in"
            value={fields.colour}
            placeholder="#0f6b62"
            maxLength={7}
            autocapitalize="none"
            spellcheck={false}
            autocomplete="off"
          />
        </Field>
        <Field id="picked" label="Or pick one" findings={[]}>
          <input class="in" id="picked" name="picked" type="color" value={picked} />
        </Field>
        <input type="hidden" name="pickedFrom" value={picked} />
      </div>
      {tones && (
        <p class="meta tones">
          So that everybody can read it, it is drawn as{" "}
          <Swatch ground="#fbfaf8" tones={tones.light} /> on light pages and{" "}
          <Swatch ground="#171615" tones={tones.dark} /> on dark ones.
        </p>
      )}
    </>
  );
}

function Swatch({ ground, tones }: { ground: string; tones: ToneSwatches }) {
  return (
    <span class="swatch nb">
      <svg width="48" height="20" viewBox="0 0 48 20" aria-hidden="true">
        <rect width="48" height="20" rx="4" fill={ground} stroke="currentColor" />
        <circle cx="14" cy="10" r="6" fill={tones.accent} />
        <rect x="24" y="5" width="18" height="10" rx="5" fill={tones.accent} />
        <rect x="28" y="9" width="10" height="2" fill={tones.onAccent} />
      </svg>{" "}
      <code>{tones.accent}</code>
    </span>
  );
}
