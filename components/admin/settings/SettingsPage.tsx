import type { ComponentChildren } from "preact";
import { SETTING_LABELS } from "../../../lib/locales/admin/settings.ts";
import type { BrandView } from "../../../lib/shared/views/brand_view.ts";
import type { SettingsFields, SettingsForm } from "../../../lib/shared/views/settings_view.ts";
import { AdminPage } from "../AdminPage.tsx";
import { described, Field } from "../tools/editor/Field.tsx";
import { AlertsForm } from "./AlertsForm.tsx";
import { GroupForm } from "./GroupForm.tsx";
import { OrganisationForm, type ToneSwatches } from "./OrganisationForm.tsx";
import { LogoForm } from "./LogoForm.tsx";
import { SettingsTabs } from "./SettingsTabs.tsx";

interface SettingsPageProps {
  token: string;
  timeZone: string;
  fields: SettingsFields;
  forms: Record<string, SettingsForm | undefined>;
  logo: BrandView["logo"];
  picked: string;
  tones: { light: ToneSwatches; dark: ToneSwatches } | null;
  environment: { sessionCost: string; webhook: string | null };
  /** Default notice about review. */
  reviewNotice: string;
  /** Host of the alert webhook, or null. */
  destination: string | null;
  /** Island that keeps unsaved input while another section is saved. */
  keeper: ComponentChildren;
}

const SECTIONS = [
  ["organisation", "Organisation"],
  ["logo", "Logo"],
  ["texts", "Texts"],
  ["review", "Quality review"],
  ["retention", "Retention"],
  ["alerts", "Alerts"],
  ["whatsapp", "WhatsApp"],
] as const;

/** Settings that apply without a restart, one form per group. */
export function SettingsPage(props: SettingsPageProps) {
  const { fields, forms } = props;
  const about = (group: string) => ({
    token: props.token,
    timeZone: props.timeZone,
    group,
    form: forms[group],
  });
  const found = (group: string) => forms[group]?.findings ?? [];
  return (
    <AdminPage
      title="Settings"
      lead="These apply to all tools, at once. Every change is in the audit log."
    >
      <SettingsTabs current="/admin/settings" />
      {props.keeper}
      <noscript key="saving">
        <p class="alert">Each section is saved by itself: save one before you go on to the next.</p>
      </noscript>
      <div class="split">
        <nav class="secnav" aria-label="Sections">
          {SECTIONS.map(([id, label]) => <a key={id} href={`#${id}`}>{label}</a>)}
        </nav>
        <div class="stack">
          <OrganisationForm {...about("organisation")} {...props} found={found("organisation")} />
          <LogoForm {...about("logo")} logo={props.logo} found={found("logo")} />
          <GroupForm
            {...about("texts")}
            title="Texts"
            names={SETTING_LABELS}
            lead="Leave a field empty for the program's own words."
          >
            <Field
              id="tagline"
              label={SETTING_LABELS.tagline}
              findings={found("texts")}
            >
              <textarea
                {...described("tagline", found("texts"), false)}
                class="in"
                rows={2}
                dir="auto"
              >
                {fields.tagline}
              </textarea>
            </Field>
            <Field id="notice" label={SETTING_LABELS.notice} findings={found("texts")}>
              <textarea
                {...described("notice", found("texts"), false)}
                class="in"
                rows={2}
                dir="auto"
                placeholder="AI can be wrong."
              >
                {fields.notice}
              </textarea>
            </Field>
          </GroupForm>
          <GroupForm
            {...about("review")}
            title="Quality review"
            names={SETTING_LABELS}
            lead="Whether admins may read conversations here. People are told so on the chat page and on WhatsApp; who looked is in the audit log."
          >
            <label class="check">
              <input type="checkbox" name="review" checked={fields.review} />
              <span>Conversations may be read</span>
            </label>
            <Field id="reviewNotice" label={SETTING_LABELS.reviewNotice} findings={found("review")}>
              <textarea
                {...described("reviewNotice", found("review"), false)}
                class="in"
                rows={2}
                dir="auto"
                placeholder={props.reviewNotice}
              >
                {fields.reviewNotice}
              </textarea>
            </Field>
          </GroupForm>
          <GroupForm
            {...about("retention")}
            title="Retention"
            names={SETTING_LABELS}
            lead="How long a conversation that nobody goes on with is kept. With a shorter time, older ones are deleted for good within minutes. Costs and the audit log are kept."
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
          </GroupForm>
          <AlertsForm
            {...about("alerts")}
            fields={fields}
            found={found("alerts")}
            environment={props.environment}
            destination={props.destination}
          />
          <GroupForm
            {...about("whatsapp")}
            title="WhatsApp"
            names={SETTING_LABELS}
            lead="A cheap model looks at messages that another tool may fit better. What it costs counts like any reply."
          >
            <label class="check">
              <input type="checkbox" name="proposals" checked={fields.proposals} />
              <span>Propose a fitting tool, which the person confirms with YES</span>
            </label>
          </GroupForm>
        </div>
      </div>
    </AdminPage>
  );
}
