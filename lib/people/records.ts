import { z } from "zod";
import { family } from "../store/key.ts";

const HOUR = 60 * 60_000;
const YEAR = 365 * 24 * HOUR;

/*
 *   key                                   value                          lives
 *   device_offer, visitor                 hash of their valid code       1 hour
 *   device_code, hash                     the visitor who shows it       1 hour
 *   device, id                            a further browser of a visitor 1 year
 *   device_of, visitor, id                its end                        1 year
 *   favourites, visitor                   ids of their favourite tools   1 year
 *   erasure, id                           what was deleted or ended      for ever
 *   erasure_unlisted, id                  it is in no list beside the    until it is
 *                                         backups
 */

const offer = z.object({ hash: z.string(), until: z.number() });

const code = z.object({ visitor: z.string(), until: z.number() });

/** A browser that uses a visitor's conversations, once the first one has confirmed it. */
const device = z.object({
  visitor: z.string(),
  /** Browser and system, or "". */
  name: z.string(),
  at: z.number(),
  confirmed: z.boolean(),
  until: z.number(),
});
export type Device = z.output<typeof device>;

/** Ids of tools, the latest first. */
const favourites = z.array(z.string());

const at = z.number();

/** What a person deleted or ended, or an admin for them: ids alone, never a number or a text. */
export const erasureSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("conversation"),
    visitor: z.string(),
    tool: z.string(),
    conversation: z.string(),
    at,
  }),
  /** What a tool remembered of one conversation. */
  z.object({
    kind: z.literal("note"),
    visitor: z.string(),
    tool: z.string(),
    conversation: z.string(),
    at,
  }),
  /** All that a tool remembered until then. */
  z.object({ kind: z.literal("notes"), visitor: z.string(), tool: z.string(), at }),
  /** All data of a visitor. */
  z.object({ kind: z.literal("visitor"), visitor: z.string(), at }),
  /** All that a person on WhatsApp said and was told; the person stays known, for their STOP. */
  z.object({ kind: z.literal("person"), visitor: z.string(), at }),
  /** A link to a conversation that its maker ended. */
  z.object({
    kind: z.literal("share"),
    visitor: z.string(),
    conversation: z.string(),
    id: z.string(),
    at,
  }),
  /** A further device that was ended. */
  z.object({ kind: z.literal("device"), visitor: z.string(), id: z.string(), at }),
  /** A person on WhatsApp wants no more messages, or wants them again. */
  z.object({ kind: z.enum(["stop", "start"]), visitor: z.string(), at }),
  /** An admin blocked a person on WhatsApp, or let them write again. */
  z.object({ kind: z.enum(["block", "unblock"]), visitor: z.string(), at }),
  /** A link of a visitor with the phone of an own visitor. */
  z.object({ kind: z.literal("unlink"), visitor: z.string(), own: z.string(), at }),
  /** Whether a tool, or with null any, may remember a visitor's conversations. */
  z.object({
    kind: z.enum(["memory_off", "memory_on"]),
    visitor: z.string(),
    tool: z.string().nullable(),
    at,
  }),
  /** An API key that was ended. */
  z.object({ kind: z.literal("key"), id: z.string(), at }),
  /** The secret of an API key that was replaced by another one, and is valid until then. */
  z.object({ kind: z.literal("key_secret"), id: z.string(), until: z.number(), at }),
]);
export type Erasure = z.output<typeof erasureSchema>;

export const peopleKeys = {
  erasure: family<Erasure, [id: string]>("erasure", erasureSchema),
  unlistedErasure: family<boolean, [id: string]>("erasure_unlisted", z.boolean()),
  deviceOffer: family<z.output<typeof offer>, [visitor: string]>("device_offer", offer, {
    lifetime: HOUR,
  }),
  deviceCode: family<z.output<typeof code>, [hash: string]>("device_code", code, {
    lifetime: HOUR,
  }),
  device: family<Device, [id: string]>("device", device),
  deviceOf: family<number, [visitor: string, id: string]>("device_of", z.number()),
  favourites: family<string[], [visitor: string]>("favourites", favourites, { lifetime: YEAR }),
} as const;
