import type { WhatsAppSettings } from "../config/whatsapp.ts";
import {
  DOCTOR,
  DOCTOR_CHECKS,
  type DoctorFinding,
  type FindingState,
} from "../locales/admin/doctor.ts";
import type { HttpClient } from "../platform/http_client.ts";
import { signatureOf } from "../whatsapp/twilio/signature.ts";

const LIMIT_MS = 15_000;
/** A message that Twilio never had. */
const NO_MESSAGE = `SM${"0".repeat(32)}`;

/**
 * Calls the program at PUBLIC_URL as Twilio would: a status report of no message. The same without
 * a signature must be refused.
 */
export async function webhookFinding(
  http: HttpClient,
  { accountSid, authToken, number, publicUrl }: WhatsAppSettings,
): Promise<DoctorFinding> {
  const found = (state: FindingState, text: string) => ({
    state,
    title: DOCTOR_CHECKS.webhook,
    text,
  });
  const url = `${publicUrl}/api/whatsapp/status`;
  const params = {
    MessageSid: NO_MESSAGE,
    AccountSid: accountSid,
    From: `whatsapp:${number}`,
    To: `whatsapp:${number}`,
    MessageStatus: "sent",
  };
  const call = async (signature: string | null) => {
    const { status } = await http.fetch(url, {
      method: "POST",
      body: new URLSearchParams(params).toString(),
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        ...(signature === null ? {} : { "x-twilio-signature": signature }),
      },
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    return status;
  };
  try {
    const unsigned = await call(null);
    if (unsigned >= 200 && unsigned < 300) return found("bad", DOCTOR.webhookOpen);
    if (unsigned !== 403) return found("bad", DOCTOR.webhookStatus(unsigned));
    const signed = await call(await signatureOf(authToken, url, params));
    if (signed === 200) return found("ok", DOCTOR.webhookOk);
    return found(
      "bad",
      signed === 403 ? DOCTOR.webhookRefused : DOCTOR.webhookStatus(signed),
    );
  } catch {
    return found("bad", DOCTOR.webhookSilent);
  }
}
