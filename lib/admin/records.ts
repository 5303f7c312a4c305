import { z } from "zod";
import { deviceRecord, KNOWN_MS, sessionRecord } from "./rules/admin_session.ts";
import { family } from "../store/key.ts";

const HOUR = 60 * 60_000;

/** How long an ended session is remembered, to know whose the form is that comes too late. */
const SESSION_MS = 48 * HOUR;

/*
 * The admin area's records.
 *
 *   key                value                                              lives
 *   admin_session, id  a login and its tokens, hashed                     48 hours
 *   admin_device, id   a browser that signed in, its token hashed         180 days
 *   admin_salt         random; the admin password's hash begins with it   for ever
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
