import { z } from "zod";
import { deviceRecord, KNOWN_MS, sessionRecord } from "./rules/admin_session.ts";
import { PROVIDER_TEST_CODES } from "../shared/provider_test_codes.ts";
import { family } from "../store/key.ts";

const HOUR = 60 * 60_000;

/** Kept longer than a session lives, to recognise forms sent after its end. */
const SESSION_MS = 48 * HOUR;

/** Outcome of the last test of a provider. */
const providerTest = z.object({
  at: z.number(),
  /** The admin's e-mail address. */
  by: z.string(),
  /** The model that was asked; null when none was. */
  model: z.string().nullable(),
  code: z.enum(PROVIDER_TEST_CODES),
  /** Whether its key is accepted; null when that is not known, or none is needed. */
  key: z.boolean().nullable(),
  /** Time to the first word in ms; null without one. */
  firstMs: z.number().nullable(),
  usd: z.bigint().min(0n),
  /** Number of models that it lists; null without a list. */
  models: z.number().int().nullable(),
});
export type ProviderTest = z.output<typeof providerTest>;

/*
 * Records of the admin area.
 *
 *   key                value                                              lives
 *   admin_session, id  a session with its tokens' hashes                  48 hours
 *   admin_device, id   a browser of a sign-in with its token's hash       180 days
 *   admin_salt         random salt of the admin password's hash           for ever
 *   provider_test, name  outcome of the last test of a provider           for ever
 */
export const adminKeys = {
  adminSession: family<z.output<typeof sessionRecord>, [id: string]>(
    "admin_session",
    sessionRecord,
    { lifetime: SESSION_MS },
  ),
  adminDevice: family<z.output<typeof deviceRecord>, [id: string]>(
    "admin_device",
    deviceRecord,
    { lifetime: KNOWN_MS },
  ),
  providerTest: family<ProviderTest, [name: string]>("provider_test", providerTest),
  adminSalt: family<string, []>("admin_salt", z.string().length(22)),
} as const;
