import type { SettingsFields } from "../../../lib/shared/views/settings_view.ts";
import type { Finding } from "../../../lib/shared/views/tool_admin_view.ts";
import { described, Field } from "../tools/editor/Field.tsx";

/** Form that sends a test alert; it stands beside the settings' form. */
export const TEST_FORM = "test-alert";

interface AlertsFieldsProps {
  fields: SettingsFields;
  found: readonly Finding[];
  environment: { sessionCost: string; webhook: string | null };
  destination: string | null;
}

/** Settings of spending alerts: thresholds and recipient. */
export function AlertsFields({ fields, found, environment, destination }: AlertsFieldsProps) {
  const webhookHint = environment.webhook === null
    ? "Alerts are sent there as JSON. Empty: nowhere."
    : `Alerts are sent there as JSON. Empty: to ${environment.webhook}, as the environment says.`;
  return (
    <>
      <div class="inline">
        <Field
          id="sessionCost"
          label="A conversation has cost, in dollars"
          hint={`Its person is told once. 0: never. Empty: ${environment.sessionCost}, as the environment says.`}
          findings={found}
        >
          <input
            {...described("sessionCost", found)}
            class="in"
            value={fields.sessionCost}
            placeholder={environment.sessionCost}
            inputmode="decimal"
            autocomplete="off"
          />
        </Field>
        <Field
          id="shares"
          label="Shares of a day's budget, in percent"
          hint="Of each tool and of all together. Empty: no alerts."
          findings={found}
        >
          <input
            {...described("shares", found)}
            class="in"
            value={fields.shares}
            placeholder="50, 80, 100"
            autocomplete="off"
          />
        </Field>
      </div>
      <Field id="webhookUrl" label="Webhook" hint={webhookHint} findings={found}>
        <input
          {...described("webhookUrl", found)}
          class="in"
          value={fields.webhookUrl}
          type="text"
          inputmode="url"
          placeholder="https://…"
          maxLength={500}
          autocapitalize="none"
          spellcheck={false}
          autocomplete="off"
        />
      </Field>
      <p class="acts">
        <button class="btn" type="submit" form={TEST_FORM}>Send a test alert</button>
        <span class="meta">
          {destination === null ? "There is no webhook yet." : `To ${destination}.`}
        </span>
      </p>
    </>
  );
}
