import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import type { Deps } from "./deps.ts";

const ANSWER_MS = 10_000;

/** Whether a receiver took what it was sent; if not, why, in a word or two. */
export type WebhookAnswer = { taken: true } | { taken: false; why: string };

/**
 * Posts JSON to a webhook, signed as https://www.standardwebhooks.com says where
 * there is a secret. Redirects are not followed, and the answer's text is not read.
 * @param id of the message; the same for each try
 */
export async function postToWebhook(
  { config, clock }: Pick<Deps, "config" | "clock">,
  url: string,
  id: string,
  message: unknown,
): Promise<WebhookAnswer> {
  const body = JSON.stringify(message);
  const timestamp = Math.floor(clock() / 1000).toString();
  const headers = new Headers({
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": timestamp,
  });
  const secret = config.ALERT_WEBHOOK_SECRET;
  if (secret !== undefined) headers.set("webhook-signature", sign(secret, id, timestamp, body));
  try {
    const response = await fetch(url, {
      method: "POST",
      headers,
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    await response.body?.cancel();
    return response.ok ? { taken: true } : { taken: false, why: `status ${response.status}` };
  } catch (error) {
    const late = error instanceof Error && error.name === "TimeoutError";
    return { taken: false, why: late ? "no answer within ten seconds" : "it cannot be reached" };
  }
}

/** `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`. */
export function sign(secret: string, id: string, timestamp: string, body: string): string {
  const key = secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : secret;
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}
