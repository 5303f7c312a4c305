/** One message as a model sees it. */
export interface PromptMessage {
  role: "system" | "user" | "assistant";
  content: string;
}

/** One call of a model. */
export interface ModelRequest {
  model: string;
  messages: PromptMessage[];
  /** 0 to 2. */
  temperature: number;
  /** Upper bound of the tokens the model may write, reasoning included. */
  maxTokens: number;
}

/**
 * Token counts in one shape for all providers: `cached` is a part of `input`,
 * `reasoning` a part of `output`. Adapters normalise their provider's own.
 */
export interface Usage {
  input: number;
  cached: number;
  output: number;
  reasoning: number;
}

/**
 * What a reply is made of. A stream ends with exactly one `end`; `usage` may
 * come before it, once, or not at all (then the caller settles by estimate).
 */
export type Part =
  | { type: "text"; text: string }
  | { type: "usage"; usage: Usage }
  | { type: "end"; reason: "stop" | "length" | "filter" };

/** A company's models behind one verb. */
export interface Provider {
  readonly name: string;
  /** True when replies are made up here and cost nothing real. */
  readonly simulated: boolean;
  /**
   * Streams a reply. Returning early from the iteration, or aborting `signal`,
   * closes the connection to the provider at once.
   * @throws {ProviderError} for every failure other than the caller's own abort.
   */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<Part>;
}

export type ProviderFault =
  /** Refused before anything was generated: key, model or request not accepted. */
  | "refused"
  /** Too many requests at the provider. */
  | "busy"
  /** 5xx, or no connection. */
  | "down"
  /** No first token, no further token, or no end within the time limit. */
  | "timeout"
  /** The stream ended without its end mark, or held what could not be read. */
  | "broken";

/** A failed call; `message` is for logs and never holds keys, prompts or replies. */
export class ProviderError extends Error {
  override name = "ProviderError";
  constructor(
    readonly fault: ProviderFault,
    message: string,
    readonly details: { retryAfterMs?: number; status?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
  }
  /** Whether the same request may succeed later. */
  get retryable(): boolean {
    return this.fault !== "refused";
  }
  /** False when the provider certainly generated (and billed) nothing. */
  get maySpend(): boolean {
    return this.fault === "timeout" || this.fault === "broken";
  }
}
