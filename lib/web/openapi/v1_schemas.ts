import { z } from "zod";
import type { ApiModel } from "../../api/model_list.ts";

const count = z.number().int().min(0);
const positive = z.number().int().min(1);

const textPart = z.object({ type: z.literal("text"), text: z.string() });
const refusalPart = z.object({ type: z.literal("refusal"), refusal: z.string() });
const picturePart = z.object({
  type: z.literal("image_url"),
  image_url: z.object({
    url: z.string().regex(/^data:image\/(?:png|jpe?g|webp);base64,[A-Za-z0-9+/]+={0,2}$/),
  }),
});

const said = z.union([z.string(), z.array(z.union([textPart, refusalPart]))]);
const message = z.discriminatedUnion("role", [
  z.object({ role: z.enum(["system", "developer"]), content: said }),
  z.object({
    role: z.literal("user"),
    content: z.union([said, z.array(z.union([textPart, picturePart]))]),
  }),
  z.object({ role: z.literal("assistant"), content: said.nullish() }),
]);

/**
 * The parameters of a completion that do something; lib/api/rules/completion_request.ts reads
 * them, ignores others, and names those that are not supported.
 */
export const completionParameters = z.object({
  model: z.string().min(1),
  messages: z.array(message).min(1).max(500),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  max_completion_tokens: positive.nullish(),
  max_tokens: positive.nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  stop: z.union([
    z.string().min(1).max(200),
    z.array(z.string().min(1).max(200)).max(4),
  ]).nullish(),
});

const usage = z.strictObject({
  prompt_tokens: count,
  completion_tokens: count,
  total_tokens: count,
  prompt_tokens_details: z.strictObject({ cached_tokens: count, audio_tokens: count }),
  completion_tokens_details: z.strictObject({
    reasoning_tokens: count,
    audio_tokens: count,
    accepted_prediction_tokens: count,
    rejected_prediction_tokens: count,
  }),
});
const finishReason = z.enum(["stop", "length", "content_filter"]);
const head = { id: z.string().regex(/^chatcmpl-/), created: count, model: z.string() };

export const completionAnswer = z.strictObject({
  ...head,
  object: z.literal("chat.completion"),
  choices: z.array(z.strictObject({
    index: count,
    message: z.strictObject({
      role: z.literal("assistant"),
      content: z.string(),
      refusal: z.null(),
    }),
    logprobs: z.null(),
    finish_reason: finishReason,
  })),
  usage,
});

/** A chunk of a streamed reply; the stream ends with `[DONE]`. */
export const completionChunk = z.strictObject({
  ...head,
  object: z.literal("chat.completion.chunk"),
  choices: z.array(z.strictObject({
    index: count,
    delta: z.strictObject({
      role: z.literal("assistant").optional(),
      content: z.string().optional(),
      refusal: z.null().optional(),
    }),
    logprobs: z.null(),
    finish_reason: finishReason.nullable(),
  })),
  usage: usage.nullable().optional(),
});

export const apiErrorSchema = z.strictObject({
  error: z.strictObject({
    message: z.string(),
    type: z.string(),
    param: z.string().nullable(),
    code: z.string().nullable(),
  }),
});

export const apiModelSchema = z.strictObject({
  id: z.string(),
  object: z.literal("model"),
  created: count,
  owned_by: z.string(),
  name: z.string(),
  description: z.string(),
  context_length: positive.optional(),
  max_model_len: positive.optional(),
  max_output_tokens: positive,
  architecture: z.strictObject({
    input_modalities: z.array(z.string()),
    output_modalities: z.array(z.string()),
  }),
}) satisfies z.ZodType<ApiModel>;

export const apiModelList = z.strictObject({
  object: z.literal("list"),
  data: z.array(apiModelSchema),
});

export const apiAddresses = z.strictObject({
  object: z.literal("api"),
  endpoints: z.array(z.string()),
});
