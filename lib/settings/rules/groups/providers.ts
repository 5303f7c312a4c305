import { z } from "zod";

export const providersGroup = z.object({
  /** Names of the providers that answer for one another, in order; null for the environment's. */
  chain: z.array(z.string().min(1).max(40)).max(25).nullable().default(null),
});
