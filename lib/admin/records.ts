import { z } from "zod";
import { deviceRecord, KNOWN_MS, sessionRecord } from "./rules/admin_session.ts";
import { family } from "../store/key.ts";

const HOUR = 60 * 60_000;

/** Kept longer than a session lives, to recognise forms sent after its end. */
const SESSION_MS = 48 * HOUR;

/*
 * Records of the admin area.
 *
 *   key                value                                              lives
 *   admin_session, id  a session with its tokens' hashes                  48 hours
 *   admin_device, id   a browser of a sign-in with its token's hash       180 days
 *   admin_salt         random salt of the admin password's hash           for ever
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
  adminSalt: family<string, []>("admin_salt", z.string().length(22)),
} as const;
