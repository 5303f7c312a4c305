import { Buffer } from "node:buffer";
import type { Twilio } from "twilio";
import type RequestClient from "twilio/lib/base/RequestClient.js";
import type { HttpClient } from "../../platform/http_client.ts";
import { retryAfterMs } from "../../platform/retry_after.ts";
import { exchange, type WireLimits } from "./wire.ts";

export interface TwilioOptions {
  accountSid: string;
  authToken: string;
  /** Our number in E.164. */
  number: string;
  /** Replaces all of Twilio's hosts; for a simulator. */
  baseUrl?: string;
  /** Per call; 15 s by default. */
  timeoutMs?: number;
  /** Per attachment; 30 s by default. */
  mediaTimeoutMs?: number;
  /** By default a client of its own, without proxies. */
  http?: HttpClient;
}

/** Largest API response, in bytes; a page of 100 messages has about 100 KiB. */
const MAX_ANSWER = 4 << 20;

/** State of one call to Twilio, besides the response body. */
export interface TwilioCall {
  readonly signal: AbortSignal | undefined;
  /** Whether a request was sent. */
  asked: boolean;
  /** Milliseconds until Twilio accepts another request, or null. */
  retryAfterMs: number | null;
}

export function newCall(signal?: AbortSignal): TwilioCall {
  return { signal, asked: false, retryAfterMs: null };
}

type Sdk = Awaited<ReturnType<typeof load>>;

/** Loaded at the first call: the package takes about 0.2 s and 45 MB. */
async function load() {
  const { default: sdk } = await import("twilio");
  return sdk;
}

let loading: Promise<Sdk> | undefined;

/** An SDK client for one call; its requests go through {@link exchange}. */
export async function twilioClient(options: TwilioOptions, call: TwilioCall): Promise<Twilio> {
  const sdk = await (loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  }));
  return new sdk.Twilio(options.accountSid, options.authToken, {
    httpClient: requestClient(sdk, options, call),
    // Otherwise the SDK reads the environment, which only lib/config.ts may do.
    edge: "",
    region: "",
    logLevel: "",
  });
}

type Asked<T> = RequestClient.RequestOptions<T>;

/**
 * HTTP client with a host and an abort signal of our own, which the SDK's lacks.
 * https://github.com/twilio/twilio-node/blob/main/advanced-examples/custom-http-client.md
 */
function requestClient(
  sdk: Sdk,
  { baseUrl, timeoutMs = 15_000, http }: TwilioOptions,
  call: TwilioCall,
): RequestClient {
  const limits: WireLimits = { timeoutMs, maxBytes: MAX_ANSWER, signal: call.signal };
  return new class extends sdk.RequestClient {
    override async request<T>(asked: Asked<T>) {
      call.asked = true;
      const { status, headers, body } = await exchange(
        {
          url: addressOf(asked, baseUrl),
          method: asked.method.toUpperCase(),
          headers: {
            ...asked.headers,
            Authorization: basicAuth(asked.username ?? "", asked.password ?? ""),
          },
          ...(asked.data ? { body: formOf(asked.data).toString() } : {}),
        },
        limits,
        http,
      );
      call.retryAfterMs = retryAfterMs(headers, Date.now()) ?? null;
      const answer: T = parsed(new TextDecoder().decode(body));
      return { statusCode: status, body: answer, headers };
    }
  }();
}

/** `Authorization` header of account and token. */
export function basicAuth(accountSid: string, authToken: string): string {
  return `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
}

function addressOf({ uri, params }: Asked<unknown>, baseUrl: string | undefined): URL {
  const asked = new URL(uri);
  const url = baseUrl === undefined ? asked : new URL(baseUrl + asked.pathname + asked.search);
  for (const [name, value] of formOf(params ?? {})) url.searchParams.append(name, value);
  return url;
}

function formOf(fields: object): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const each of [value].flat()) if (each !== undefined) form.append(name, String(each));
  }
  return form;
}

/** The body as JSON, or as text if it is none. */
function parsed(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
