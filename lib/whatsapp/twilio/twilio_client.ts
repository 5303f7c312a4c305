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
  /** In place of all of Twilio's hosts; a simulator's. */
  baseUrl?: string;
  /** For one call, 15 s by default. */
  timeoutMs?: number;
  /** For one attachment, 30 s by default. */
  mediaTimeoutMs?: number;
  /** By default one of its own, without proxies. */
  http?: HttpClient;
}

/** Bytes of an answer of the API; a page of 100 messages has some 100 KiB. */
const MAX_ANSWER = 4 << 20;

/** One call to Twilio, and what its answer said beside its body. */
export interface TwilioCall {
  readonly signal: AbortSignal | undefined;
  /** Whether a request was made at all. */
  asked: boolean;
  /** Milliseconds for which Twilio wants to be left alone, or null. */
  retryAfterMs: number | null;
}

export function newCall(signal?: AbortSignal): TwilioCall {
  return { signal, asked: false, retryAfterMs: null };
}

type Sdk = Awaited<ReturnType<typeof load>>;

/** The package is big (some 0.2 s and 45 MB), so it is loaded when something is first sent. */
async function load() {
  const { default: sdk } = await import("twilio");
  return sdk;
}

let loading: Promise<Sdk> | undefined;

/** A client of the SDK for one call, its requests made by {@link exchange}. */
export async function twilioClient(options: TwilioOptions, call: TwilioCall): Promise<Twilio> {
  const sdk = await (loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  }));
  return new sdk.Twilio(options.accountSid, options.authToken, {
    httpClient: requestClient(sdk, options, call),
    // Else the SDK reads them from the environment, which is lib/config.ts's alone.
    edge: "",
    region: "",
    logLevel: "",
  });
}

type Asked<T> = RequestClient.RequestOptions<T>;

/**
 * A custom HTTP client, as
 * https://github.com/twilio/twilio-node/blob/main/advanced-examples/custom-http-client.md
 * describes: the SDK's own knows no other host and no signal.
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

/** `Authorization` of account and token. */
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

/** The JSON of an answer; its text as it is when it is none. */
function parsed(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
