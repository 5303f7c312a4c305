import { z } from "zod";
import type { ShareDay } from "../metering/rules/shares.ts";
import { family } from "../store/key.ts";
import * as limiting from "./limit_records.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How long it is known that somebody came before. */
const PERSON_DAYS = 90;

/*
 * The part of the table of keys in keys.ts that is about how much is let through.
 *
 *   key                     value                          lives
 *   limit, kind, address    times of recent requests       30 minutes
 *   person_share, visitor   what they used of a day        90 days
 *   address_share, hash     what an address used of a day  2 days
 *   defaults                what a new store began with    for ever
 *   refused, day, kind      who hit a limit, masked        8 days
 *   clock                   when the program last ran      for ever
 *   retention               who looks for what is too old  for ever
 */
export const limitKeys = {
  limit: family<number[], [kind: string, address: string]>("limit", z.array(z.number()), {
    light: true,
    lifetime: 30 * MINUTE,
  }),
  personShare: family<ShareDay, [visitor: string]>("person_share", limiting.shareDay, {
    lifetime: PERSON_DAYS * DAY,
  }),
  addressShare: family<ShareDay, [hash: string]>("address_share", limiting.shareDay, {
    lifetime: 2 * DAY,
  }),
  defaults: family<limiting.Defaults, []>("defaults", limiting.defaults, { onDamage: "refuse" }),
  refused: family<limiting.RefusedDay, [day: string, kind: string]>(
    "refused",
    limiting.refusedDay,
    { lifetime: 8 * DAY },
  ),
  clock: family<number, []>("clock", z.number()),
  retention: family<limiting.RetentionWalk, []>("retention", limiting.retentionWalk),
} as const;
