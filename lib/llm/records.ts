import { z } from "zod";
import { family } from "../store/key.ts";
import { LONGEST_PAUSE_MS } from "./rules/breaker.ts";

/*
 *   key                                   value                          lives
 *   breaker, provider, model              one process's open breaker     5 minutes
 *   breaker_reset, provider               last successful test           5 minutes
 */

/** An open breaker, told to other processes; they believe it for a bounded time only. */
const openBreaker = z.object({
  process: z.string(),
  at: z.number(),
  until: z.number(),
  openings: z.number().int().min(0).max(100),
});

export type OpenBreaker = z.output<typeof openBreaker>;

export const llmKeys = {
  breaker: family<OpenBreaker, [provider: string, model: string]>("breaker", openBreaker, {
    lifetime: LONGEST_PAUSE_MS,
  }),
  breakerReset: family<number, [provider: string]>("breaker_reset", z.number(), {
    lifetime: LONGEST_PAUSE_MS,
  }),
} as const;
