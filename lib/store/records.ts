import { z } from "zod";
import { family } from "./key.ts";

const DAY = 24 * 60 * 60_000;

/*
 *   key                                   value                          lifetime
 *   generation                            number: the current one        for ever
 *   schema                                number: version of this table  for ever
 *   commit, process                       id of a process's last commit  1 day
 *   trial, process                        a trial write                  1 minute
 *   roster                                changes when a process joins   for ever
 *   process, process                      heartbeat                      until it ends
 *   clock                                 time of the last clock check   for ever
 *   secret, name                          a secret all processes share   for ever
 *
 * A record's key begins with its generation, except in generation 0; the keys of
 * PROCESS_FAMILIES have none.
 */

const heartbeat = z.object({
  /** `beside the store` with a lock there; otherwise unique: only heartbeats tell. */
  place: z.string(),
  pid: z.number(),
  expiresAt: z.number(),
});

/** Families about processes, the same in every generation. */
export const PROCESS_FAMILIES: ReadonlySet<Deno.KvKeyPart> = new Set([
  "generation",
  "commit",
  "trial",
  "roster",
  "process",
  "clock",
]);

export const storeKeys = {
  generation: family<number, []>("generation", z.number().int().nonnegative(), {
    onDamage: "refuse",
  }),
  schema: family<number, []>("schema", z.number().int(), { onDamage: "refuse" }),
  commit: family<string, [process: string]>("commit", z.string(), {
    onDamage: "refuse",
    lifetime: DAY,
  }),
  trial: family<Uint8Array, [process: string]>("trial", z.instanceof(Uint8Array)),
  processes: family<string, []>("roster", z.string()),
  process: family<z.output<typeof heartbeat>, [process: string]>("process", heartbeat),
  secret: family<string, [name: string]>("secret", z.string().min(43), { onDamage: "refuse" }),
  clock: family<number, []>("clock", z.number()),
} as const;
