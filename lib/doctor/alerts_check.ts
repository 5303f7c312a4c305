import { alertWebhook, lookAtWebhook } from "../alerts/webhook.ts";
import type { Config } from "../config.ts";
import { DOCTOR, DOCTOR_CHECKS, type DoctorFinding } from "../locales/admin/doctor.ts";
import type { HttpClient } from "../platform/http_client.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";
import { finding } from "./settings_checks.ts";

interface Needs {
  store: { settings: StoredSettings };
  config: Config;
  http: HttpClient;
}

/** Whether the receiver of alerts answers. No alert is sent: any answer counts. */
export async function alertsFinding(needs: Needs): Promise<DoctorFinding> {
  const url = alertWebhook(needs);
  if (url === null) return finding("warn", DOCTOR_CHECKS.alerts, DOCTOR.alertsNone);
  switch (await lookAtWebhook(needs, url)) {
    case "answers":
      return finding("ok", DOCTOR_CHECKS.alerts, DOCTOR.alertsOk);
    case "forbidden":
      return finding("bad", DOCTOR_CHECKS.alerts, DOCTOR.alertsForbidden);
    case "silent":
      return finding("bad", DOCTOR_CHECKS.alerts, DOCTOR.alertsSilent);
  }
}
