import { z } from "zod";
import { family } from "../../store/key.ts";

const text = z.string().max(100);
const tokens = z.number().int().min(1).nullable();

/** A provider's models as of its last answer. */
const modelList = z.object({
  at: z.number(),
  models: z.array(z.object({
    model: text,
    endsOn: z.string().max(10).nullable(),
    context: tokens,
    longestReply: tokens,
  })),
});
export type ModelList = z.output<typeof modelList>;

/*
 *   key                                   value                          lives
 *   model_list, provider                  its models, ends and lengths   for ever
 */

export const listingKeys = {
  modelList: family<ModelList, [provider: string]>("model_list", modelList),
} as const;
