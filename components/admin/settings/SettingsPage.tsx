import type { ComponentChildren } from "preact";
import { SETTING_LABELS } from "../../../lib/locales/admin/settings.ts";
import type { BrandView } from "../../../lib/shared/views/brand_view.ts";
import type { SettingsFields, SettingsForm } from "../../../lib/shared/views/settings_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Note } from "../Note.tsx";
import { described, Field } from "../tools/editor/Field.tsx";
import { AlertsFields, TEST_FORM } from "./AlertsFields.tsx";
import { LOGO_FORM, LogoFields } from "./LogoFields.tsx";
import { OrganisationFields, type ToneSwatches } from "./OrganisationFields.tsx";
import { type SectionGroup, SECTIONS } from "./sections.ts";
import { SharingFields } from "./SharingFields.tsx";
import { SETTING_VALUES } from "./setting_values.ts";
import { SETTINGS_FORM, type SettingsSaveBarProps } from "./SettingsSaveBar.tsx";
import { SettingsSection } from "./SettingsSection.tsx";
import { SettingsTabs } from "./SettingsTabs.tsx";

interface SettingsPageProps {
  token: string;
  timeZone: string;
  fields: SettingsFields;
  /** The values that the fields are compared with, and their version. */
  was: SettingsFields;
  version: number;
  forms: Record<string, SettingsForm | undefined>;
  note: SettingsForm["note"];
  /** The fields hold input that was refused. */
  unsaved: boolean;
  /** Groups whose sections are open. */
  opened: readonly string[];
  logo: BrandView["logo"];
  picked: string;
  tones: { light: ToneSwatches; dark: ToneSwatches } | null;
  environment: { sessionCost: string; webhook: string | null };
  /** Default notice about review. */
  reviewNotice: string;
  /** Host of the alert webhook, or null. */
  destination: string | null;
  /** Island of the save bar. */
  bar: (props: SettingsSaveBarProps) => ComponentChildren;
}

/** Settings that apply without a restart: closed sections, saved together. */
export function SettingsPage(props: SettingsPageProps) {
  const { token, timeZone, fields, was, version, forms, note, unsaved, opened } = props;
  const about = (group: string) => ({
    group,
    timeZone,
    form: forms[group],
    opened: opened.includes(group),
  });
  const section = (group: SectionGroup) => ({
    ...about(group),
    title: SECTIONS.find((each) => each.group === group)?.title ?? group,
  });
  const found = (group: string) => forms[group]?.findings ?? [];
  const wrong = SECTIONS.flatMap(({ group }) => found(group).map(({ field }) => field));
  const text = (group: SectionGroup, id: "tagline" | "notice" | "reviewNotice", own: string) => (
    <Field id={id} label={SETTING_LABELS[id]} findings={found(group)}>
      <textarea
        {...described(id, found(group), false)}
        class="in"
        rows={2}
        dir="auto"
        placeholder={own || undefined}
      >
        {fields[id]}
      </textarea>
    </Field>
  );
  return (
    <AdminPage
      title="Settings"
      lead="These apply to all tools, at once. Every change is in the audit log."
    >
      <SettingsTabs current="/admin/settings" />
      <div class="narrow stack">
        {note && <Note good={note.good}>{note.text}</Note>}
        <AdminForm token={token} id={SETTINGS_FORM} action="/admin/settings" noValidate>
          {SECTIONS.map(({ group }) => (
            <input key={group} type="hidden" name="group" value={group} />
          ))}
          <input type="hidden" name="version" value={version} />
          <input type="hidden" name="was" value={JSON.stringify(was)} />
          <div class="panel">
            <SettingsSection
              {...section("organisation")}
              value={SETTING_VALUES.organisation(fields)}
              lead="How the pages call themselves, and look."
            >
              <OrganisationFields {...props} found={found("organisation")} />
            </SettingsSection>
            <SettingsSection
              {...about("logo")}
              title="Logo"
              value={SETTING_VALUES.logo(props.logo)}
              lead="Beside the name on every page. It must be seen on light and dark grounds."
            >
              <LogoFields found={found("logo")} logo={props.logo} />
            </SettingsSection>
            <SettingsSection
              {...section("texts")}
              value={SETTING_VALUES.texts(fields)}
              lead="Leave a field empty for the program's own words."
            >
              {text("texts", "tagline", "")}
              {text("texts", "notice", "AI can be wrong.")}
            </SettingsSection>
            <SettingsSection
              {...section("review")}
              value={SETTING_VALUES.review(fields)}
              lead="Whether admins may read conversations here. People are told so on the chat page and on WhatsApp; who looked is in the audit log."
            >
              <label class="check">
                <input type="checkbox" name="review" checked={fields.review} />
                <span>Conversations may be read</span>
              </label>
              {text("review", "reviewNotice", props.reviewNotice)}
            </SettingsSection>
            <SettingsSection
              {...section("retention")}
              value={SETTING_VALUES.retention(fields)}
              lead={
                <>
                  How long a conversation that nobody goes on with is kept. With a shorter time,
                  older ones are deleted for good within minutes. Costs and the audit log are kept.
                  {" "}
                  <a href="/admin/kept">How much is kept</a>
                </>
              }
            >
              <Field id="retentionDays" label="Days, 1 to 90" findings={found("retention")}>
                <input
                  {...described("retentionDays", found("retention"), false)}
                  class="in"
                  value={fields.retentionDays}
                  inputmode="numeric"
                  autocomplete="off"
                />
              </Field>
            </SettingsSection>
            <SettingsSection
              {...section("memory")}
              value={SETTING_VALUES.memory(fields)}
              lead="Tools that remember have a short note written of each ended conversation. This is the most that it may cost, as a part of the tool's budget of a day; beyond it, notes wait for the next day. Where not even one fits, none is written."
            >
              <Field id="memoryShare" label="Percent, 0 to 100" findings={found("memory")}>
                <input
                  {...described("memoryShare", found("memory"), false)}
                  class="in"
                  value={fields.memoryShare}
                  inputmode="numeric"
                  autocomplete="off"
                />
              </Field>
            </SettingsSection>
            <SettingsSection
              {...section("alerts")}
              value={SETTING_VALUES.alerts(fields, props.destination)}
              lead={
                <>
                  When spending is told of. <a href="/admin/alerts">What was raised lately</a>
                </>
              }
            >
              <AlertsFields {...props} found={found("alerts")} />
            </SettingsSection>
            <SettingsSection
              {...section("whatsapp")}
              value={SETTING_VALUES.whatsapp(fields)}
              lead="A cheap model looks at messages that another tool may fit better. What it costs counts like any reply."
            >
              <label class="check">
                <input type="checkbox" name="proposals" checked={fields.proposals} />
                <span>Propose a fitting tool, which the person confirms with YES</span>
              </label>
            </SettingsSection>
            <SettingsSection
              {...section("people")}
              value={SETTING_VALUES.people(fields)}
              lead="Whom the page Help names, and whether people may share a conversation by a read-only link. Switched off, links made before open nothing."
            >
              <SharingFields fields={fields} found={found("people")} />
            </SettingsSection>
          </div>
        </AdminForm>
        <AdminForm token={token} id={LOGO_FORM} action="/admin/settings#logo" multipart>
          <input type="hidden" name="group" value="logo" />
          <input type="hidden" name="version" value={forms.logo?.version ?? 0} />
        </AdminForm>
        <AdminForm token={token} id={TEST_FORM} action="/admin/settings#alerts">
          <input type="hidden" name="group" value="test-alert" />
        </AdminForm>
      </div>
      {props.bar({ was, fields, unsaved, wrong })}
    </AdminPage>
  );
}
