import { z } from "zod";
import { family } from "../store/key.ts";
import * as phones from "./phone_records.ts";

const DAY = 24 * 60 * 60_000;

/*
 * WhatsApp's part of the table of keys in keys.ts. `number` is a person's: E.164,
 * or WhatsApp's id of one who hides it.
 *
 *   key                      value                                     lives
 *   phone, number            a person on WhatsApp                      for ever
 *   alias, address           the number under which a person with      for ever
 *                            another address is kept
 *   person, id               the number of phone.own `phone:id`        for ever
 *   linked, visitor          the number that a web visitor is          until unlinked
 *   inbox, number, order     a message that came and is not answered   until it is
 *   claimed, sid             a message of Twilio's that was taken: its for ever
 *                            signature is good for ever, and tells no time
 *   outbox, number, n        a message to somebody                     90 days
 *   sent, sid                which of them Twilio's SID is             90 days
 *   export_pass, hash        opens a person's own data                 1 day
 *   work, number             has something to do; who does it          until it is done
 *   simulator, admin         what was said on an admin's own phone     7 days
 */
export const phoneKeys = {
  phone: family<phones.Phone, [number: string]>("phone", phones.phone, { onDamage: "refuse" }),
  alias: family<string, [address: string]>("alias", z.string()),
  person: family<string, [id: string]>("person", z.string()),
  linked: family<string, [visitor: string]>("linked", z.string()),
  inbox: family<phones.Inbox, [number: string, order: number]>("inbox", phones.inbox, {
    readSoon: true,
  }),
  claimed: family<boolean, [sid: string]>("claimed", z.boolean()),
  outbox: family<phones.Outbox, [number: string, n: number]>("outbox", phones.outbox, {
    readSoon: true,
  }),
  sent: family<phones.Sent, [sid: string]>("sent", phones.sent, { lifetime: 90 * DAY }),
  simulator: family<phones.Simulated, [admin: string]>("simulator", phones.simulated, {
    lifetime: 7 * DAY,
  }),
  exportPass: family<{ visitor: string; until: number }, [hash: string]>(
    "export_pass",
    phones.exportPass,
    { lifetime: DAY },
  ),
  work: family<phones.Work, [number: string]>("work", phones.work, { readSoon: true }),
} as const;
