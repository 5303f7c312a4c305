import { z } from "zod";
import { httpUrl, list, secret, text, wholeNumber } from "./values.ts";

const HOSTS = "host names without ports, separated by commas";
const ORIGINS = "origins such as https://example.org, separated by commas";
/** A visitor's few streams must fit in. */
const MIN_STREAMS = 60;

/** Where and how the program serves, and what it says of itself. */
export const SERVER_SETTINGS = {
  PORT: wholeNumber(0, 65_535, "a port from 0 to 65535").default(8000),
  HOST: text.optional(),
  PUBLIC_URL: httpUrl.optional(),
  ALLOWED_HOSTS: list.pipe(z.array(z.string().regex(/^[\w.-]+$/, HOSTS), HOSTS)).default([]),
  API_ALLOWED_ORIGINS: list.pipe(z.array(z.string().refine(isOrigin, ORIGINS), ORIGINS))
    .default([]),
  KV_PATH: text.optional(),
  TRUSTED_PROXIES: list.default([]),
  MAX_EVENT_STREAMS: wholeNumber(
    MIN_STREAMS,
    100_000,
    `a whole number from ${MIN_STREAMS} to 100000`,
  ).default(1200),
  METRICS_TOKEN: secret.optional(),
  COST_SUMMARY_ACCESS: z.enum(["public", "token"], "public or token").default("public"),
  TIME_ZONE: z.string().refine(isTimeZone, "an IANA time zone such as Africa/Nairobi")
    .default("UTC"),
  /** Seconds for replies under way once another server takes new requests; none waits without it. */
  DRAIN_SECONDS: wholeNumber(1, 600, "whole seconds from 1 to 600").optional(),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"], "debug, info, warn or error")
    .default("info"),
};

function isOrigin(text: string): boolean {
  return URL.parse(text)?.origin === text;
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
