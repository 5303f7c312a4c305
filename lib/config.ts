import { z } from "zod";
import {
  GOOD_LENGTH,
  hashProblem,
  isEmail,
  isWeakPassword,
  LEAST_LENGTH,
} from "./platform/password_rules.ts";
import { type OutboundSettings, readOutbound } from "./platform/proxies.ts";

const PROVIDERS = ["openai", "anthropic", "mock"] as const;
const PROVIDER_LIST = `a comma-separated list of ${PROVIDERS.join(", ")}`;
export type ProviderName = (typeof PROVIDERS)[number];

const text = z.string().trim().min(1);
/** The times of the requests that count stand in one record: nine bytes each, 64 KiB at most. */
const MOST_REQUESTS = 7_000;
const RATE = `a whole number from 1 to ${MOST_REQUESTS}`;
const rate = z.string().regex(/^\d{1,9}$/, RATE).transform(Number)
  .refine((n) => n > 0 && n <= MOST_REQUESTS, RATE);
const httpUrl = z.string().refine(isHttpUrl, "an http or https address").transform((url) =>
  url.replace(/\/+$/, "")
);
const password = text.check(({ value, issues }) => {
  const message = isHash(value) ? hashProblem(value) : isWeakPassword(value) ? GUESSED : null;
  if (message !== null) issues.push({ code: "custom", message, input: value });
});
/** Said without the password, which must not stand in a log. */
const GUESSED =
  `a password that is not among the first to be guessed: at least ${LEAST_LENGTH} characters, better ${GOOD_LENGTH} or more, no common word with digits`;
const emails = z.string().transform((s) =>
  s.split(",").map((x) => x.trim()).filter((x) => x !== "")
).refine((all) => all.every(isEmail), "e-mail addresses, separated by commas");
const DOLLARS = /^\d{1,9}(\.\d{1,9})?$/;
const dollars = z.string().regex(DOLLARS, "an amount in dollars such as 0.10");
/** In place of an amount: nothing limits it. */
export const NO_CEILING = "none";
const PERCENT = "a whole number from 1 to 100";
const percent = z.string().regex(/^\d{1,3}$/, PERCENT).transform(Number)
  .refine((n) => n >= 1 && n <= 100, PERCENT);
/** A reply has five minutes in all. */
const FIRST_TOKEN = "whole seconds from 1 to 240";
/** E.164, with or without Twilio's prefix and the marks by which people group digits. */
const phoneNumber = z.string().transform((value) =>
  value.replace(/^whatsapp:/i, "").replaceAll(/[\s().-]/g, "")
).refine(
  (value) => /^\+[1-9]\d{6,14}$/.test(value),
  "a phone number with + and its country's code, such as +41791234567",
);
const list = z.string().transform((s) => s.split(",").map((x) => x.trim()).filter((x) => x !== ""));
const HOSTS = "host names without ports, separated by commas";
/** A visitor's few streams must fit in. */
const MIN_STREAMS = 60;
const STREAMS = `a whole number from ${MIN_STREAMS} to 100000`;

const schema = z.object({
  PORT: z.string().regex(/^\d{1,5}$/, "a port from 0 to 65535").transform(Number).refine(
    (n) => n <= 65535,
    "a port from 0 to 65535",
  ).default(8000),
  HOST: text.optional(),
  PUBLIC_URL: httpUrl.optional(),
  ALLOWED_HOSTS: list.pipe(z.array(z.string().regex(/^[\w.-]+$/, HOSTS), HOSTS)).default([]),
  KV_PATH: text.optional(),
  OPENAI_API_KEY: text.optional(),
  OPENAI_BASE_URL: httpUrl.optional(),
  ANTHROPIC_API_KEY: text.optional(),
  ANTHROPIC_BASE_URL: httpUrl.optional(),
  LLM_PROVIDER: list.pipe(
    z.array(z.enum(PROVIDERS, PROVIDER_LIST)).min(1, PROVIDER_LIST),
  ).optional(),
  LLM_DEFAULT_MODEL: text.default("gpt-4o-mini"),
  LLM_TRANSCRIPTION_MODEL: text.default("gpt-4o-mini-transcribe"),
  LLM_FIRST_TOKEN_SECONDS: z.string().regex(/^\d{1,3}$/, FIRST_TOKEN).transform(Number)
    .refine((n) => n >= 1 && n <= 240, FIRST_TOKEN).optional(),
  ADMIN_PASSWORD: password.optional(),
  ALLOWED_ADMIN_EMAILS: emails.default([]),
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC\w+$/, "an account's SID, which begins with AC")
    .optional(),
  TWILIO_AUTH_TOKEN: text.optional(),
  TWILIO_PHONE_NUMBER: phoneNumber.optional(),
  TWILIO_TEMPLATE_SID: z.string().regex(/^HX\w+$/, "a template's Content SID, which begins with HX")
    .optional(),
  TWILIO_BASE_URL: httpUrl.optional(),
  WHATSAPP_DEBOUNCE_MS: z.string().regex(/^\d{1,5}$/, "milliseconds from 0 to 10000")
    .transform(Number).refine((ms) => ms <= 10_000, "milliseconds from 0 to 10000").default(1000),
  RATE_LIMIT_CHAT_PER_MINUTE: rate.default(20),
  RATE_LIMIT_WHATSAPP_PER_MINUTE: rate.default(10),
  RATE_LIMIT_LINKING_PER_5MIN: rate.default(5),
  RATE_LIMIT_ADMIN_PER_5MIN: rate.default(50),
  COST_ALERT_SESSION_USD: dollars.default("0.10"),
  ORGANISATION_CEILING_USD: z.string().refine(
    (value) => value === NO_CEILING || DOLLARS.test(value),
    "an amount in dollars such as 10, or none",
  ).optional(),
  PERSON_SHARE_PERCENT: percent.default(10),
  ADDRESS_SHARE_PERCENT: percent.default(50),
  ALERT_WEBHOOK_URL: httpUrl.optional(),
  ALERT_WEBHOOK_SECRET: z.string().min(16, "at least 16 characters").optional(),
  ALERT_WEBHOOK_PRIVATE: z.enum(["true", "false"], "true or false").default("false")
    .transform((value) => value === "true"),
  TRUSTED_PROXIES: list.default([]),
  MAX_EVENT_STREAMS: z.string().regex(/^\d{1,6}$/, STREAMS).transform(Number)
    .refine((n) => n >= MIN_STREAMS && n <= 100_000, STREAMS).default(1200),
  METRICS_TOKEN: z.string().min(16, "at least 16 characters").optional(),
  COST_SUMMARY_ACCESS: z.enum(["public", "token"], "public or token").default("public"),
  TIME_ZONE: z.string().refine(isTimeZone, "an IANA time zone such as Africa/Nairobi").default(
    "UTC",
  ),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"], "debug, info, warn or error").default(
    "info",
  ),
  MOCK_PACE_MS: z.string().regex(/^\d{1,5}$/, "milliseconds").transform(Number).default(25),
});

/** Every environment key of the program, read once at the start. */
export const KEYS = schema.keyof().options;

/** The original product's names; still accepted, with a warning that says the new one. */
const RENAMED: Record<string, (typeof KEYS)[number]> = {
  VITE_ADMIN_PASSWORD: "ADMIN_PASSWORD",
  VITE_ALLOWED_ADMIN_EMAILS: "ALLOWED_ADMIN_EMAILS",
};

/** Sentences on what makes the admin area less safe, or less open, than it seems. */
function adminWarnings(settings: z.output<typeof schema>, onDeploy: boolean): string[] {
  const { ADMIN_PASSWORD: chosen, ALLOWED_ADMIN_EMAILS: admins, PUBLIC_URL, HOST } = settings;
  if (chosen === undefined) {
    return admins.length === 0 ? [] : ["The admin area is closed: it needs ADMIN_PASSWORD as well"];
  }
  const warnings: string[] = [];
  if (admins.length === 0) {
    warnings.push("The admin area is closed: it needs ALLOWED_ADMIN_EMAILS as well");
  }
  if (!isHash(chosen) && [...chosen].length < GOOD_LENGTH) {
    warnings.push(`ADMIN_PASSWORD is short: ${GOOD_LENGTH} characters or more are hard to guess`);
  }
  const reachable = !/^(localhost|127\.[\d.]+|\[?::1\]?)$/i.test(HOST ?? "");
  if (reachable && !onDeploy && !PUBLIC_URL?.startsWith("https:")) {
    warnings.push(
      "ADMIN_PASSWORD may travel where others can read it: other machines reach this server and PUBLIC_URL is no https address. Put https in front of it and set PUBLIC_URL, or set HOST to 127.0.0.1",
    );
  }
  return warnings;
}

function isHash(password: string): boolean {
  return password.startsWith("$argon2");
}

/** Where to listen: only this machine until an admin password says that others may come. */
export function listenAddress(config: Config): { port: number; hostname: string } {
  const open = config.ADMIN_PASSWORD !== undefined;
  return { port: config.PORT, hostname: config.HOST ?? (open ? "0.0.0.0" : "127.0.0.1") };
}

/** What WhatsApp needs, all of it. */
export interface WhatsAppSettings {
  accountSid: string;
  authToken: string;
  /** E.164. */
  number: string;
  /** In place of Twilio's hosts. */
  baseUrl: string | undefined;
  /** Where Twilio calls us, without a slash at its end: the address that it signs. */
  publicUrl: string;
  /** The template for messages outside of the 24 hours, or null. */
  templateSid: string | null;
  /** How long to wait for more of a person's messages before they are answered. */
  debounceMs: number;
}

/** WhatsApp's settings, or null while one that it needs is missing: then it is off. */
export function whatsAppSettings(config: Config): WhatsAppSettings | null {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = config;
  const { TWILIO_PHONE_NUMBER: number, PUBLIC_URL: publicUrl } = config;
  if (!accountSid || !authToken || !number || !publicUrl) return null;
  return {
    accountSid,
    authToken,
    number,
    baseUrl: config.TWILIO_BASE_URL,
    publicUrl,
    templateSid: config.TWILIO_TEMPLATE_SID ?? null,
    debounceMs: config.WHATSAPP_DEBOUNCE_MS,
  };
}

/** A sentence that names what WhatsApp still needs, once one of its keys is set. */
function whatsAppWarnings(settings: z.output<typeof schema>): string[] {
  const keys = ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_PHONE_NUMBER"] as const;
  if (keys.every((key) => settings[key] === undefined)) return [];
  const missing = [...keys, "PUBLIC_URL" as const].filter((key) => settings[key] === undefined);
  if (missing.length === 0) return [];
  return [`WhatsApp is off: it needs ${missing.join(" and ")} as well`];
}

export type Config = Readonly<z.output<typeof schema>> & OutboundSettings & {
  /** Whether this is a preview deployment, from which nothing is sent to people. */
  readonly preview: boolean;
  /** Whether the platform's router stands in front, and knows our names. */
  readonly onDeploy: boolean;
  /** What the person who starts the program should know, in sentences. */
  readonly warnings: readonly string[];
};

/**
 * Turns the environment into the program's settings.
 * @throws {Error} whose message is one line that names the key and what it takes.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const warnings: string[] = [];
  const values: Record<string, string> = {};
  for (const key of KEYS) {
    const value = env[key]?.trim();
    if (value) values[key] = value;
  }
  for (const [old, key] of Object.entries(RENAMED)) {
    const value = env[old]?.trim();
    if (!value) continue;
    warnings.push(`${old} is an old name: call it ${key}`);
    values[key] ??= value;
  }
  const result = schema.safeParse(values);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new Error(`Cannot start: ${String(issue?.path[0])} takes ${issue?.message}`);
  }
  const { ADMIN_PASSWORD: chosen, ALLOWED_ADMIN_EMAILS: admins } = result.data;
  if (chosen !== undefined && isWeakPassword(chosen, admins)) {
    throw new Error(`Cannot start: ADMIN_PASSWORD takes ${GUESSED}`);
  }
  // On Deno Deploy the platform brings its own store and https; elsewhere the store is a file.
  const onDeploy = env.DENO_DEPLOYMENT_ID !== undefined;
  const { problems, ...outbound } = readOutbound(env);
  warnings.push(
    ...problems,
    ...whatsAppWarnings(result.data),
    ...adminWarnings(result.data, onDeploy),
  );
  const path = result.data.KV_PATH ?? (onDeploy ? undefined : "data/obt-helper.sqlite");
  // https://docs.deno.com/deploy/reference/env_vars_and_contexts/
  const timeline = env.DENO_TIMELINE ?? "production";
  const preview = timeline !== "production";
  return { ...result.data, KV_PATH: path, preview, ...outbound, onDeploy, warnings };
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function isHttpUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}
