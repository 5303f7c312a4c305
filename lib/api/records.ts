import { z } from "zod";
import { family } from "../store/key.ts";
import { KEY_LIMITS } from "./rules/key_limits.ts";
import { toolId } from "../tools/rules/tool.ts";

/*
 *   key                   value                                          lives
 *   api_key, id           a key for programs: its limits, no secret      for ever
 *   api_key_used, id      time of its last use, to the hour              for ever
 */

const amount = z.bigint().min(0n).nullable();

/** A secret by which a key is proven; two while it is being replaced. */
const keySecret = z.object({
  /** SHA-256 in base64url: 256 random bits need no slow hash. */
  hash: z.string(),
  createdAt: z.number(),
  /** Null while it is not replaced. */
  endsAt: z.number().nullable(),
});

const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** Ids of the tools that it may ask; null for all. */
  tools: z.array(toolId).nullable(),
  /** Requests in any minute. */
  rate: z.number().int().min(1).max(KEY_LIMITS.rate),
  /** Limits by day and month, in nano-dollars; null for none. */
  day: amount,
  month: amount,
  expiresAt: z.number().nullable(),
  secrets: z.array(keySecret),
  createdAt: z.number(),
  /** The admin's e-mail address. */
  createdBy: z.string(),
  /** When it was ended; it stays for the ledger's names, without secrets. */
  endedAt: z.number().nullable(),
  /** Number of the change, for optimistic locking between admins. */
  version: z.number().int().min(1),
});

export type ApiKey = z.output<typeof apiKey>;
export type KeySecret = z.output<typeof keySecret>;

export const apiKeys = {
  key: family<ApiKey, [id: string]>("api_key", apiKey, { onDamage: "refuse" }),
  used: family<number, [id: string]>("api_key_used", z.number()),
} as const;
