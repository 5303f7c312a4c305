import type { CompletionUsage } from "../completion_run.ts";

/** What all parts of an answer have in common. */
export interface CompletionHead {
  id: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** The tool's id, as asked. */
  model: string;
}

export type StatedReason = "stop" | "length" | "content_filter";

/** Why a reply ended, in OpenAI's words. */
export function finishReason(reason: "stop" | "length" | "filter"): StatedReason {
  return reason === "filter" ? "content_filter" : reason;
}

/** The answer to a request that does not stream. */
export function completion(
  head: CompletionHead,
  content: string,
  reason: StatedReason,
  usage: CompletionUsage,
) {
  return {
    ...fieldsOf(head, "chat.completion"),
    choices: [{
      index: 0,
      message: { role: "assistant", content, refusal: null },
      logprobs: null,
      finish_reason: reason,
    }],
    usage: usageOf(usage),
  };
}

/** The chunks of a stream; with `includeUsage` the last one has the usage and no choice. */
export class CompletionChunks {
  constructor(private readonly head: CompletionHead, private readonly includeUsage: boolean) {}

  role(): object {
    return this.chunk({ role: "assistant", content: "", refusal: null }, null);
  }

  content(content: string): object {
    return this.chunk({ content }, null);
  }

  /** The chunks after the text. */
  end(reason: StatedReason, usage: CompletionUsage): object[] {
    const last = this.chunk({}, reason);
    if (!this.includeUsage) return [last];
    const head = fieldsOf(this.head, "chat.completion.chunk");
    return [last, { ...head, choices: [], usage: usageOf(usage) }];
  }

  private chunk(delta: object, reason: StatedReason | null): object {
    return {
      ...fieldsOf(this.head, "chat.completion.chunk"),
      choices: [{ index: 0, delta, logprobs: null, finish_reason: reason }],
      ...(this.includeUsage ? { usage: null } : {}),
    };
  }
}

function fieldsOf({ id, createdAt, model }: CompletionHead, object: string) {
  return { id: `chatcmpl-${id}`, object, created: Math.floor(createdAt / 1000), model };
}

function usageOf({ input, cached, output, reasoning }: CompletionUsage) {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}
