import type { Config } from "../config.ts";
import type { HttpClient } from "../platform/http_client.ts";
import type { ModelPrice, Usage } from "./rules/prices.ts";
import type { Transcriber } from "./transcriber.ts";
import type { ModelRef } from "./rules/model_ref.ts";
import type { PromptMessage } from "./rules/prompt.ts";

/** One call of a model. */
export interface ModelRequest {
  /** The provider that is asked first where there are several; the first of them by default. */
  provider?: string;
  model: string;
  messages: PromptMessage[];
  /** 0 to 2. */
  temperature: number;
  /** Upper bound of the tokens the model may write, reasoning included. */
  maxTokens: number;
}

/**
 * What a reply is made of. A stream ends with exactly one `end`; `usage` may
 * come before it, once, or not at all (then the caller settles by estimate).
 */
export type Part =
  /**
   * A provider of a chain is about to be asked; only from a chain, before each attempt, the first
   * included. The request is sent when the next part is asked for, so that whoever pays can hold
   * for the attempt before, and book the one that failed. The last attempt is the one that answers.
   */
  | { type: "attempt"; attempt: ProviderAttempt; failed: FailedAttempt | null }
  | { type: "text"; text: string }
  /** Thinking that is not shown, by its length in UTF-8 bytes; many may come. */
  | { type: "thinking"; bytes: number }
  /** What the provider says was used: a claim, which may also come before a failure. */
  | { type: "usage"; usage: Usage }
  | { type: "end"; reason: "stop" | "length" | "filter" };

/** One provider of a chain that is asked, and its price. */
export interface ProviderAttempt extends ModelRef {
  /** Whether the reply would be made up here and cost nothing real. */
  simulated: boolean;
  price: ModelPrice;
}

/** An attempt after which the next provider is asked: it brought no text and no thinking. */
export interface FailedAttempt extends ProviderAttempt {
  error: ProviderError;
  /** Whether the provider may have billed it: false when it certainly has not. */
  maySpend: boolean;
  /** What the provider claimed was used, if it claimed anything. */
  usage: Usage | null;
}

/** A company's models behind one verb. */
export interface Provider {
  readonly name: string;
  /** True when replies are made up here and cost nothing real. */
  readonly simulated: boolean;
  /** Those that a chain is made of, in the order in which they are asked. */
  readonly members?: readonly Provider[];
  /**
   * Streams a reply. Returning early from the iteration, or aborting `signal`,
   * closes the connection to the provider at once; after an abort the iteration
   * ends without a further part.
   * @throws {ProviderError} for every failure other than the caller's own abort.
   */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<Part>;
}

/** Makes a provider and its transcriber from the settings. */
export interface ProviderKind {
  /** Null without its key. */
  provider(context: ProviderContext): Provider | null;
  /** Null without its key; left out where it takes no sound. */
  transcriber?(context: ProviderContext): Transcriber | null;
}

export interface ProviderContext {
  config: Config;
  http: HttpClient;
  /** Whether another provider is asked when this one fails. */
  succeeded: boolean;
}

export type ProviderFault =
  /** Refused before anything was generated: key, model or request not accepted. */
  | "refused"
  /** The account at the provider has no money left, or none that it may spend. */
  | "account_empty"
  /** A filter of the provider's let nothing through. */
  | "filtered"
  /** The prompt is longer than the model takes. */
  | "too_long"
  /** The whole length that a reply may have went into thinking. */
  | "only_thinking"
  /** Too many requests at the provider. */
  | "busy"
  /** 5xx, or no connection. */
  | "down"
  /** No first token, no further token, or no end within the time limit. */
  | "timeout"
  /** The stream ended without its end mark, or held what could not be read. */
  | "broken";

/** The same request fails like this again. */
const FINAL: ReadonlySet<ProviderFault> = new Set([
  "refused",
  "filtered",
  "too_long",
  "only_thinking",
]);
/** What a provider may bill though it refused it: some bill what their filter read. */
const BILLED: ReadonlySet<ProviderFault> = new Set([
  "timeout",
  "broken",
  "filtered",
  "only_thinking",
]);

/** A failed call; `message` is for logs and never holds keys, prompts or replies. */
export class ProviderError extends Error {
  override name = "ProviderError";
  constructor(
    readonly fault: ProviderFault,
    message: string,
    readonly details: {
      retryAfterMs?: number;
      status?: number;
      /** Whether a part of the reply had come, or of the thinking before it. */
      generated?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
  }
  /** Whether the same request may succeed later, or with another provider. */
  get retryable(): boolean {
    return !FINAL.has(this.fault);
  }
  /** False when the provider certainly generated (and billed) nothing. */
  get maySpend(): boolean {
    return this.details.generated || BILLED.has(this.fault);
  }
}
