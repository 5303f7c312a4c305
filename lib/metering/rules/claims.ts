import type { DoubtCode } from "../../locales/admin/alerts.ts";
import type { NanoUsd } from "../../shared/money.ts";
import { costOf, type ModelPrice, secondsCost, type Usage } from "../../llm/rules/prices.ts";

/** What is known of a call of a model before it is made. */
export interface CallBounds {
  price: ModelPrice;
  /** What was sent, in UTF-16 units at most; 0 where it is not known any more. */
  promptLength: number;
  /** Close estimate of the prompt's tokens, and their upper bound. */
  inputEstimate: number;
  promptTokens: number;
  /** Tokens that the model was allowed to write. */
  maxTokens: number;
  /** Tokens that the model can read and write at most; null where nobody tells. */
  context: number | null;
  /** Whether the model may think without showing it. */
  hidesReasoning: boolean;
}

/** What came of a reply, as far as it was counted here. */
export interface ObservedUsage {
  /** Bytes of its text in UTF-8, and a close estimate of their tokens. */
  textBytes: number;
  textTokens: number;
  /** Bytes of thinking that is not shown. */
  thinkingBytes: number;
}

/** Why an administrator should look at what a provider says was used. */
export interface Doubt {
  code: "usage_not_believed" | "usage_above_hold";
  why: DoubtCode;
  /** What was booked. */
  booked: "hold" | "estimate" | "claim";
}

/** What is booked for a call. */
export interface UsageBooking {
  input: number;
  cached: number;
  output: number;
  reasoning: number;
  usd: NanoUsd;
  /** Where the figures are from: the provider, what came of the reply, or the most that it can be. */
  from: "claim" | "seen" | "bound";
  doubt: Doubt | null;
}

/**
 * The longest token of OpenAI's encodings (cl100k_base, o200k_base) is 128 spaces:
 * a text never has fewer tokens than a 128th of its bytes.
 */
const LONGEST_TOKEN = 128;
/** Thinking is known by its bytes alone. Most alphabets have more of them a token, none many fewer. */
const THINKING_TOKEN = 3;
/** Where no context is known: the longest that a provider of the price list sells. */
const LONGEST_CONTEXT = 2_000_000;
/** The list's contexts are rounded; this is added, in percent. */
const ROUNDED = 12;
/** No model writes a longer reply, whatever its context. */
const LONGEST_REPLY = 262_144;

/**
 * Decides what is booked for a call, from what the provider says was used (a claim,
 * which may be any numbers, or none) and from what is known here. A claim that cannot
 * be true is not booked as one: the hold stands for what is too much or contradicts
 * itself, an estimate for what is too little. One that is possible is booked in full,
 * above the hold as well. Total: there are no figures for which it throws.
 * @param hold the most that the call was expected to cost
 */
export function bookingOf(
  claim: Usage | null,
  seen: ObservedUsage,
  bounds: CallBounds,
  hold: NanoUsd,
): UsageBooking {
  if (claim === null) return estimateOf(null, seen, bounds, hold, null);
  const tooMuch = excess(claim, bounds);
  if (tooMuch !== null) return holdOf(bounds, hold, tooMuch);
  const tooLittle = shortfall(claim, seen, bounds);
  if (tooLittle !== null) return estimateOf(claim, seen, bounds, hold, tooLittle);
  const { input, cached, output, reasoning } = claim;
  const usd = costOf(claim, bounds.price);
  const doubt: Doubt | null = usd > hold
    ? { code: "usage_above_hold", why: "above_hold", booked: "claim" }
    : null;
  return { input, cached, output, reasoning, usd, from: "claim", doubt };
}

/** What a claim says that is more than there can be, or contradicts itself. */
function excess(claim: Usage, bounds: CallBounds): DoubtCode | null {
  const { input, cached, written = 0, output, reasoning } = claim;
  for (const count of [input, cached, written, output, reasoning]) {
    if (!Number.isSafeInteger(count) || count < 0) return "no_count";
  }
  if (input > mostInput(bounds)) return "input_too_long";
  if (output > mostOutput(bounds)) return "output_too_long";
  if (cached + written > input) return "cached_above_input";
  return reasoning > output ? "reasoning_above_output" : null;
}

/** What a claim says that is less than was sent, or came. */
function shortfall(
  { input, output }: Usage,
  seen: ObservedUsage,
  bounds: CallBounds,
): DoubtCode | null {
  if (input < leastInput(bounds)) return "input_too_short";
  return output < leastOutput(seen) ? "output_too_short" : null;
}

function mostInput({ context, promptTokens }: CallBounds): number {
  const most = context === null ? LONGEST_CONTEXT : context + Math.ceil(context * ROUNDED / 100);
  return Math.max(most, promptTokens);
}

function mostOutput(bounds: CallBounds): number {
  const { context, maxTokens } = bounds;
  return Math.max(Math.min(context ?? LONGEST_REPLY, LONGEST_REPLY), maxTokens);
}

/** A prompt has at least one token, whatever it is. */
const leastInput = ({ promptLength }: CallBounds) => Math.max(1, leastTokens(promptLength));
const leastOutput = (seen: ObservedUsage) => leastTokens(seen.textBytes + seen.thinkingBytes);
const leastTokens = (bytes: number) => Math.ceil(bytes / LONGEST_TOKEN);

/** By what came; by the most that it can be, where a model thinks unseen and nobody counted. */
function estimateOf(
  claim: Usage | null,
  seen: ObservedUsage,
  bounds: CallBounds,
  hold: NanoUsd,
  why: DoubtCode | null,
): UsageBooking {
  const { inputEstimate, promptTokens, maxTokens, hidesReasoning, price } = bounds;
  const thinking = Math.min(maxTokens, Math.ceil(seen.thinkingBytes / THINKING_TOKEN));
  const came = seen.textBytes === 0 ? 0 : Math.max(1, seen.textTokens);
  const output = hidesReasoning ? maxTokens : Math.min(maxTokens, came + thinking);
  const counted = {
    // What is possible of a claim counts, so that an estimate is not below it.
    input: Math.max(Math.min(inputEstimate, promptTokens), claim?.input ?? 0),
    cached: 0,
    output: Math.max(output, claim?.output ?? 0),
    reasoning: Math.max(Math.min(thinking, output), claim?.reasoning ?? 0),
  };
  const usd = costOf(counted, price);
  return {
    ...counted,
    // An estimate never takes more than was held for it.
    usd: usd > hold ? hold : usd,
    from: hidesReasoning ? "bound" : "seen",
    doubt: why === null ? null : { code: "usage_not_believed", why, booked: "estimate" },
  };
}

function holdOf(
  { promptTokens, maxTokens }: CallBounds,
  hold: NanoUsd,
  why: DoubtCode,
): UsageBooking {
  return {
    input: promptTokens,
    cached: 0,
    output: maxTokens,
    reasoning: 0,
    usd: hold,
    from: "bound",
    doubt: { code: "usage_not_believed", why, booked: "hold" },
  };
}

/** What is booked for a recording that was written down. */
export interface TranscriptionBooking extends Pick<UsageBooking, "usd" | "from" | "doubt"> {
  seconds: number;
}

/** Rounding and the frames at its ends make a recording no longer than that. */
const SPARE_SECONDS = 1;

/**
 * The same for seconds that were listened to: more than the recording has cannot be,
 * nor none or fewer. Our own measure is an upper bound, so fewer seconds can be true.
 * @param claim seconds that the provider says it bills; null when it does not say
 * @param measured how long the recording is at most
 * @param minute nano-dollars a minute
 */
export function transcriptionBookingOf(
  claim: number | null,
  measured: number,
  minute: NanoUsd,
): TranscriptionBooking {
  const whole = Math.ceil(measured);
  const hold = secondsCost(whole, minute);
  const bound = { seconds: whole, usd: hold, from: "bound" } as const;
  if (claim === null) return { ...bound, doubt: null };
  const why = !Number.isFinite(claim) || claim <= 0
    ? "no_length"
    : claim > whole + SPARE_SECONDS
    ? "too_many_seconds"
    : null;
  if (why !== null) {
    return { ...bound, doubt: { code: "usage_not_believed", why, booked: "hold" } };
  }
  const usd = secondsCost(claim, minute);
  const doubt: Doubt | null = usd > hold
    ? { code: "usage_above_hold", why: "above_hold", booked: "claim" }
    : null;
  return { seconds: claim, usd, from: "claim", doubt };
}
