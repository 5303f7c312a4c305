import { z } from "zod";

/** A model as its provider lists it; null where the provider does not say. */
export interface ListedModel {
  model: string;
  /** Shutdown day (YYYY-MM-DD). */
  endsOn: string | null;
  /** Context window in tokens. */
  context: number | null;
  /** Longest reply in tokens. */
  longestReply: number | null;
}

/** Most models read from one list; gateways list hundreds. */
const MOST_MODELS = 2_000;
/** Context windows beyond this are not believed. */
const MOST_TOKENS = 100_000_000;

const day = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/)
  .transform((text) => text.slice(0, 10)).nullable().catch(null);
const tokens = z.number().int().min(1).max(MOST_TOKENS).nullable().catch(null);

/** One entry of `GET /v1/models`, with the fields of several dialects. */
const entry = z.object({
  id: z.string().min(1).max(100),
  /** OpenAI. */
  shutdown_date: day.optional(),
  /** Anthropic; a past date means that the model is overdue, unless it is retired. */
  retires_at: day.optional(),
  lifecycle: z.string().optional().catch(undefined),
  max_input_tokens: tokens.optional(),
  max_tokens: tokens.optional(),
  /** vLLM; OpenRouter and others; LM Studio. */
  max_model_len: tokens.optional(),
  context_length: tokens.optional(),
  context_window: tokens.optional(),
  max_context_length: tokens.optional(),
  max_output_tokens: tokens.optional(),
});

const answer = z.object({ data: z.array(z.unknown()) });

/**
 * The models of an answer to `GET /v1/models`; unreadable entries are left out. Null for an answer
 * that is no list.
 * @param today day of the answer (YYYY-MM-DD)
 */
export function listedModels(json: unknown, today: string): ListedModel[] | null {
  const list = answer.safeParse(json);
  if (!list.success) return null;
  return list.data.data.slice(0, MOST_MODELS).flatMap((raw) => {
    const read = entry.safeParse(raw);
    return read.success ? [modelOf(read.data, today)] : [];
  });
}

function modelOf(raw: z.output<typeof entry>, today: string): ListedModel {
  const { shutdown_date: shutdown = null, retires_at: retires = null, lifecycle } = raw;
  const retired = lifecycle === "retired" ? retires ?? today : null;
  const overdue = lifecycle === "deprecated" && retires !== null && retires <= today;
  return {
    model: raw.id,
    endsOn: shutdown ?? retired ?? (overdue ? null : retires),
    context: raw.max_model_len ?? raw.context_length ?? raw.context_window ??
      raw.max_context_length ?? raw.max_input_tokens ?? null,
    longestReply: raw.max_output_tokens ?? raw.max_tokens ?? null,
  };
}

/** Whether a listed model may be for chats, as far as its name tells. */
export function mayChat(model: string): boolean {
  return !/embed|whisper|transcri|tts|speech|rerank|moderation|guard|image|dall-e|sora/i
    .test(model);
}
