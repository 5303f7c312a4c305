import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { type HttpClient, type HttpRequest, NotConnected } from "../platform/http_client.ts";
import { type AllowedAddress, allowedAddresses, type Resolve } from "./webhook_address.ts";
import type { Config } from "../config.ts";
import type { Clock } from "../platform/clock.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";

interface Needs {
  store: { settings: StoredSettings };
  config: Config;
  clock: Clock;
  http: HttpClient;
}

const ANSWER_MS = 10_000;

/** Whether the receiver accepted a message; `why` is for the log. */
export type WebhookAnswer = { taken: true } | { taken: false; why: string };

/**
 * Posts JSON to a webhook, signed by https://www.standardwebhooks.com if a secret is set.
 * Follows no redirect and does not read the response body. The host is resolved once, and all of
 * its addresses must be allowed.
 * @param id of the message, the same for each attempt
 * @param resolve DNS lookup; by default the system's
 */
export async function postToWebhook(
  { config, clock, http }: Pick<Needs, "config" | "clock" | "http">,
  url: string,
  id: string,
  message: unknown,
  resolve?: Resolve,
): Promise<WebhookAnswer> {
  const body = JSON.stringify(message);
  const timestamp = Math.floor(clock() / 1000).toString();
  const secret = config.ALERT_WEBHOOK_SECRET;
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    ...(secret === undefined ? {} : { "webhook-signature": sign(secret, id, timestamp, body) }),
  };
  const answer = await answerOf({ config, http }, url, { method: "POST", headers, body }, resolve);
  switch (answer) {
    case "forbidden":
      return { taken: false, why: "its address is not allowed" };
    case "late":
      return { taken: false, why: "no answer within ten seconds" };
    case "unreachable":
      return { taken: false, why: "it cannot be reached" };
  }
  return answer >= 200 && answer < 300
    ? { taken: true }
    : { taken: false, why: `status ${answer}` };
}

/** Whether a webhook answers at all, or may not be asked; no message is sent. */
export async function lookAtWebhook(
  needs: Pick<Needs, "config" | "http">,
  url: string,
): Promise<"answers" | "forbidden" | "silent"> {
  const answer = await answerOf(needs, url, { method: "HEAD", headers: {} });
  if (typeof answer === "number") return "answers";
  return answer === "forbidden" ? "forbidden" : "silent";
}

/** The status of the answer to a request, or why there is none. */
async function answerOf(
  { config, http }: Pick<Needs, "config" | "http">,
  url: string,
  request: { method: string; headers: Record<string, string>; body?: string },
  resolve?: Resolve,
): Promise<number | "forbidden" | "late" | "unreachable"> {
  const signal = AbortSignal.timeout(ANSWER_MS);
  try {
    const to = new URL(url);
    const proxied = http.isProxied(to);
    const addresses = await allowedInTime(signal, config, to, proxied, resolve);
    if (addresses === null) return "forbidden";
    const sent = { ...request, url: to, signal };
    // A proxy connects by itself, and enforces its own rules.
    return proxied ? await statusOf(http, sent) : await statusOfOne(http, addresses, sent);
  } catch {
    return signal.aborted ? "late" : "unreachable";
  }
}

/** The allowed addresses; rejects when the lookup exceeds the deadline. */
async function allowedInTime(
  signal: AbortSignal,
  config: Config,
  url: URL,
  proxied: boolean,
  resolve: Resolve | undefined,
): Promise<AllowedAddress[] | null> {
  const late = Promise.withResolvers<never>();
  signal.addEventListener("abort", () => late.reject(signal.reason), { once: true });
  const found = allowedAddresses(config, url, resolve);
  // Behind a proxy, possibly only the proxy can resolve the name.
  const known = proxied ? found.catch(() => []) : found;
  return await Promise.race([known, late.promise]);
}

async function statusOf(http: HttpClient, request: HttpRequest): Promise<number> {
  const message = await http.send({ ...request, ownConnection: true });
  message.destroy();
  return message.statusCode ?? 0;
}

/** Status from the first address that accepts a connection; pinned, without another DNS lookup. */
async function statusOfOne(
  http: HttpClient,
  addresses: readonly AllowedAddress[],
  request: HttpRequest,
): Promise<number> {
  let failure: unknown;
  for (const { address, family } of addresses) {
    try {
      return await statusOf(http, {
        ...request,
        lookup: (_host, options, found) =>
          options.all ? found(null, [{ address, family }]) : found(null, address, family),
      });
    } catch (error) {
      failure = error;
      if (!(error instanceof NotConnected)) break;
    }
  }
  throw failure;
}

/** `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`. */
export function sign(secret: string, id: string, timestamp: string, body: string): string {
  const key = secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : secret;
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

/** The webhook's address; null without one. */
export function alertWebhook({ config, store }: Pick<Needs, "config" | "store">): string | null {
  return store.settings.current.alerts.webhookUrl ?? config.ALERT_WEBHOOK_URL ?? null;
}
