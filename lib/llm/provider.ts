import type { Config } from "../config.ts";
import type { HttpClient } from "../platform/http_client.ts";
import type { ModelPrice, Usage } from "./rules/prices.ts";
import type { Transcriber } from "./audio/transcriber.ts";
import type { Effort } from "./rules/effort.ts";
import type { PictureDetail } from "./rules/image_tokens.ts";
import type { ListedModel } from "./rules/listed_models.ts";
import type { ModelRef } from "./rules/model_ref.ts";
import type { PromptMessage } from "./rules/prompt.ts";

export interface ModelRequest {
  /** The provider of a chain to try first; its first member by default. */
  provider?: string;
  model: string;
  messages: PromptMessage[];
  /** 0 to 2; sent where the model takes one. */
  temperature: number;
  /** Reasoning effort; null for the least that the model takes. */
  effort: Effort | null;
  /** How closely pictures are looked at; `low` by default. */
  pictureDetail?: PictureDetail;
  /** Limit of tokens written, reasoning included. */
  maxTokens: number;
  /** Models asked in this order when the model fails; the providers' order when omitted. */
  successors?: readonly ModelRef[];
}

/**
 * A part of a reply. A stream ends with exactly one `end`; `usage` may come before it, at most once
 * (without it the caller settles by estimate).
 */
export type Part =
  /**
   * Only from a chain, before each attempt, the first included. The request is sent when the next
   * part is requested, so that the caller can hold for the attempt before, and book the failed one.
   * The last attempt is the one that answers.
   */
  | { type: "attempt"; attempt: ProviderAttempt; failed: FailedAttempt | null }
  | { type: "text"; text: string }
  /** Thinking that is not shown, by its length in UTF-8 bytes; repeated. */
  | { type: "thinking"; bytes: number }
  /** The provider's usage claim, which may also come before a failure. */
  | { type: "usage"; usage: Usage }
  | { type: "end"; reason: "stop" | "length" | "filter" };

/** One attempt of a chain, with its price. */
export interface ProviderAttempt extends ModelRef {
  /** Whether the reply is simulated and costs nothing. */
  simulated: boolean;
  price: ModelPrice;
}

/** An attempt without text or thinking, after which the next provider is tried. */
export interface FailedAttempt extends ProviderAttempt {
  error: ProviderError;
  /** Whether the provider may have billed it: false only when it certainly has not. */
  maySpend: boolean;
  /** The provider's usage claim, if any. */
  usage: Usage | null;
}

export interface Provider {
  readonly name: string;
  /** True when replies are simulated and cost nothing. */
  readonly simulated: boolean;
  /** Whether a server of the organisation answers, on this machine or in its network. */
  readonly own?: boolean;
  /** Providers outside of a chain's order, asked only by their names. */
  readonly others?: readonly Provider[];
  /** The members of a chain, in the order in which they are tried. */
  readonly members?: readonly Provider[];
  /** The models that a chain asks after one, where the request names none. */
  readonly after?: (ref: ModelRef) => ModelRef[];
  /**
   * Streams a reply. Returning early from the iteration, or aborting `signal`, closes the
   * connection at once; after an abort the iteration ends without a further part.
   * @throws {ProviderError} for every failure other than the caller's abort.
   */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<Part>;
  /**
   * Lists its models; null where it has no readable list. Omitted without one.
   * @throws {ProviderError} for a refusal; the connection's error otherwise
   */
  models?(signal: AbortSignal): Promise<ListedModel[] | null>;
}

/** Creates a provider and its transcriber from the settings. */
export interface ProviderKind {
  /** null without its key. */
  provider(context: ProviderContext): Provider | null;
  /** null without its key; omitted without support for audio. */
  transcriber?(context: ProviderContext): Transcriber | null;
}

export interface ProviderContext {
  config: Config;
  http: HttpClient;
}

export type ProviderFault =
  /** Refused before generation: key, model or request not accepted. */
  | "refused"
  /** The account has no credit, or its spending limit is reached. */
  | "account_empty"
  /** A content filter let nothing through. */
  | "filtered"
  /** The provider refused within the reply: its text is billed, and must not be shown or kept. */
  | "withdrawn"
  /** The prompt is longer than the model accepts. */
  | "too_long"
  /** Thinking used up the reply's whole length. */
  | "only_thinking"
  /** Rate-limited. */
  | "busy"
  /** 5xx, or no connection. */
  | "down"
  /** No first token, no further token, or no end within the time limit. */
  | "timeout"
  /** The stream ended without its end mark or was unreadable. */
  | "broken";

/** Faults that the same request meets again. */
const FINAL: ReadonlySet<ProviderFault> = new Set([
  "refused",
  "filtered",
  "withdrawn",
  "too_long",
  "only_thinking",
]);
/** Faults that may be billed although refused: some providers bill what their filter read. */
const BILLED: ReadonlySet<ProviderFault> = new Set([
  "timeout",
  "broken",
  "filtered",
  "withdrawn",
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
      /** Whether a part of the reply, or of the thinking before it, was received. */
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
  /** False when the provider certainly generated and billed nothing. */
  get maySpend(): boolean {
    return this.details.generated || BILLED.has(this.fault);
  }
}
