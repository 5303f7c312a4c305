import type { SettingsFields } from "../../../lib/shared/views/settings_view.ts";
import { DraftBar } from "../drafts/DraftBar.tsx";
import { changesIn, sentSettings } from "./sections.ts";

export const SETTINGS_FORM = "settings-form";

export interface SettingsSaveBarProps {
  was: SettingsFields;
  fields: SettingsFields;
  /** The form holds input that the server refused. */
  unsaved: boolean;
  /** Whether the browser's draft was just saved. */
  stale?: boolean;
  /** Fields that need a correction. */
  wrong: readonly string[];
}

const PLACE = "/settings";

/** One save bar for all sections: how much changed and where, and what needs a correction. */
export function SettingsSaveBar({ was, fields, unsaved, stale, wrong }: SettingsSaveBarProps) {
  return (
    <DraftBar
      form={SETTINGS_FORM}
      place={PLACE}
      stale={stale ? PLACE : null}
      unsaved={unsaved}
      always={false}
      about="Kept on this device until you save."
      verb="Save"
      discard={{ href: "/admin/settings", label: "Discard" }}
      describe={(_, now) => changesIn(was, now)}
      said={changesIn(was, sentSettings(fields))}
      putBack
    >
      {wrong.length > 0 && (
        <a href={`#${wrong[0]}`}>
          {wrong.length === 1 ? "1 needs a correction." : `${wrong.length} need a correction.`}
        </a>
      )}
    </DraftBar>
  );
}
