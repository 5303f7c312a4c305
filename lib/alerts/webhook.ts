import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { type AllowedAddress, allowedAddresses, type Resolve } from "./webhook_address.ts";
import type { Config } from "../config.ts";
import type { Clock } from "../platform/clock.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";

interface Needs {
  store: { settings: StoredSettings };
  config: Config;
  clock: Clock;
}

const ANSWER_MS = 10_000;

/** Whether a receiver took what it was sent; if not, why, in a word or two for the log. */
export type WebhookAnswer = { taken: true } | { taken: false; why: string };

/**
 * Posts JSON to a webhook, signed as https://www.standardwebhooks.com says where
 * there is a secret. Redirects are not followed, and the answer's text is not read.
 * The host's addresses are looked up once, and asked only if all of them may be.
 * @param id of the message; the same for each try
 * @param resolve looks the host's name up; by default as the system does
 */
export async function postToWebhook(
  { config, clock }: Pick<Needs, "config" | "clock">,
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
  const signal = AbortSignal.timeout(ANSWER_MS);
  try {
    const to = new URL(url);
    const addresses = await allowedBefore(signal, config, to, resolve);
    if (addresses === null) return { taken: false, why: "its address is not allowed" };
    const post = { url: to, headers, body, signal };
    const status = config.proxied ? await throughProxy(post) : await toOneOf(addresses, post);
    return status >= 200 && status < 300
      ? { taken: true }
      : { taken: false, why: `status ${status}` };
  } catch {
    const why = signal.aborted ? "no answer within ten seconds" : "it cannot be reached";
    return { taken: false, why };
  }
}

interface Post {
  url: URL;
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
}

/** The addresses that may be asked, unless looking them up takes too long. */
async function allowedBefore(
  signal: AbortSignal,
  config: Config,
  url: URL,
  resolve: Resolve | undefined,
): Promise<AllowedAddress[] | null> {
  const late = Promise.withResolvers<never>();
  signal.addEventListener("abort", () => late.reject(signal.reason), { once: true });
  const found = allowedAddresses(config, url, resolve);
  // Behind a proxy the name may be one that only the proxy can look up.
  const known = config.proxied ? found.catch(() => []) : found;
  return await Promise.race([known, late.promise]);
}

/** What leaves this network through a proxy is connected by the proxy, to whatever it allows. */
async function throughProxy({ url, ...init }: Post): Promise<number> {
  const response = await fetch(url, { method: "POST", redirect: "manual", ...init });
  await response.body?.cancel();
  return response.status;
}

/** Posts to the first of the addresses that takes a connection; the host's name is not looked up again. */
async function toOneOf(addresses: readonly AllowedAddress[], post: Post): Promise<number> {
  let failure: unknown;
  for (const address of addresses) {
    try {
      return await postTo(address, post);
    } catch (error) {
      failure = error;
      if (!isRefusedConnection(error)) break;
    }
  }
  throw failure;
}

function postTo({ address, family }: AllowedAddress, post: Post): Promise<number> {
  const { url, headers, body, signal } = post;
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: "POST",
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
      agent: false,
      signal,
      lookup: (_host, options, found) =>
        options.all ? found(null, [{ address, family }]) : found(null, address, family),
    }, (answer) => {
      answer.destroy();
      resolve(answer.statusCode ?? 0);
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

/** Whether nothing was sent, so that another address may be tried. */
function isRefusedConnection(error: unknown): boolean {
  return error instanceof Error && "code" in error &&
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/.test(String(error.code));
}

/** `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`. */
export function sign(secret: string, id: string, timestamp: string, body: string): string {
  const key = secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : secret;
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

/** Where alerts are sent, if anywhere. */
export function alertWebhook({ config, store }: Pick<Needs, "config" | "store">): string | null {
  return store.settings.current.alerts.webhookUrl ?? config.ALERT_WEBHOOK_URL ?? null;
}
