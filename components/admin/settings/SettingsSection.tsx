import type { ComponentChildren } from "preact";
import { SETTING_LABELS } from "../../../lib/locales/admin/settings.ts";
import type { SettingsForm } from "../../../lib/shared/views/settings_view.ts";
import { AdminIcon } from "../AdminIcon.tsx";
import { When } from "../When.tsx";
import { SettingsConflictNote } from "./SettingsConflictNote.tsx";

export interface SettingsSectionProps {
  /** The group's name, also its address on the page. */
  group: string;
  title: string;
  /** Its values in one line, shown while it is closed too. */
  value: string;
  lead: ComponentChildren;
  timeZone: string;
  form: SettingsForm | undefined;
  opened: boolean;
  children: ComponentChildren;
}

/** A section of the settings, closed until it is needed or has something to tell. */
export function SettingsSection(props: SettingsSectionProps) {
  const { group, title, value, lead, timeZone, form, opened, children } = props;
  const { note = null, conflict = null, findings = [], saved = null } = form ?? {};
  return (
    <details class="sec" open={opened || note !== null || conflict !== null || findings.length > 0}>
      <summary>
        <h2>{title}</h2>
        <span class="meta" dir="auto">{value}</span>
        <AdminIcon name="chevron" />
      </summary>
      <div class="pad form" id={group}>
        <p class="meta">{lead}</p>
        {note && (
          <p class={note.good ? "alert good" : "alert bad"} role={note.good ? "status" : "alert"}>
            {note.text}
          </p>
        )}
        {conflict && (
          <SettingsConflictNote
            conflict={conflict}
            names={SETTING_LABELS}
            timeZone={timeZone}
            path="/admin/settings"
          />
        )}
        {children}
        {saved && (
          <p class="meta">
            Last saved <When at={saved.at} timeZone={timeZone} /> by <bdi>{saved.by}</bdi>
          </p>
        )}
      </div>
    </details>
  );
}
