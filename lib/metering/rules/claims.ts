import type { DoubtCode } from "../../locales/admin/alerts.ts";
import type { NanoUsd } from "../../shared/money.ts";
import { costOf, type ModelPrice, secondsCost, type Usage } from "../../llm/rules/prices.ts";

/** Bounds of a model call before it is made. */
export interface CallBounds {
  price: ModelPrice;
  /** Upper bound of the prompt in UTF-16 units; 0 when unknown. */
  promptLength: number;
  /** Close estimate of the prompt's tokens, and their upper bound. */
  inputEstimate: number;
  promptTokens: number;
  /** The request's limit on output tokens. */
  maxTokens: number;
  /** The model's context in tokens, input and output together; null when unknown. */
  context: number | null;
  /** Whether the model may think without showing it. */
  hidesReasoning: boolean;
}

/** Usage of a reply as counted here. */
export interface ObservedUsage {
  /** UTF-8 bytes of its text, and a close estimate of their tokens. */
  textBytes: number;
  textTokens: number;
  /** Bytes of hidden thinking. */
  thinkingBytes: number;
}

/** Why an administrator should check a usage claim. */
export interface Doubt {
  code: "usage_not_believed" | "usage_above_hold";
  why: DoubtCode;
  booked: "hold" | "estimate" | "claim";
}

export interface UsageBooking {
  input: number;
  cached: number;
  output: number;
  reasoning: number;
  usd: NanoUsd;
  /** Source of the figures: the provider's claim, the observed reply, or the upper bound. */
  from: "claim" | "seen" | "bound";
  doubt: Doubt | null;
}

/**
 * Bytes of the longest token of OpenAI's encodings (cl100k_base, o200k_base): 128 spaces. A
 * text has at least a 128th of its bytes in tokens.
 */
const LONGEST_TOKEN = 128;
/**
 * Bytes per token of thinking, of which only bytes are known. Most alphabets have more, none
 * many fewer.
 */
const THINKING_TOKEN = 3;
/** Assumed when no context is known: the longest on the price list, in tokens. */
const LONGEST_CONTEXT = 2_000_000;
/** Tolerance in percent: contexts on the price list are rounded. */
const ROUNDED = 12;
/** Upper bound of any model's reply, in tokens. */
const LONGEST_REPLY = 262_144;

/**
 * Decides what to book for a call, from the provider's usage claim and the known bounds.
 * An impossible claim is replaced: by the hold where it is too much or contradicts itself, by an
 * estimate where it is too little. A possible claim is booked in full, even above the hold. Total:
 * never throws, for any numbers.
 * @param hold the expected maximum of the call
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

/** Reason why a claim is too much or contradicts itself, or null. */
function excess(claim: Usage, bounds: CallBounds): DoubtCode | null {
  const { input, cached, written = 0, writtenHour = 0, output, reasoning } = claim;
  for (const count of [input, cached, written, writtenHour, output, reasoning]) {
    if (!Number.isSafeInteger(count) || count < 0) return "no_count";
  }
  if (input > mostInput(bounds)) return "input_too_long";
  if (output > mostOutput(bounds)) return "output_too_long";
  if (cached + written > input || writtenHour > written) return "cached_above_input";
  return reasoning > output ? "reasoning_above_output" : null;
}

/** Reason why a claim is less than was sent or received, or null. */
function shortfall(
  { input, output }: Usage,
  seen: ObservedUsage,
  bounds: CallBounds,
): DoubtCode | null {
  if (input < leastInput(bounds)) return "input_too_short";
  return output < leastOutput(seen) ? "output_too_short" : null;
}

function mostInput({ context, promptTokens }: CallBounds): number {
  const largest = context === null ? LONGEST_CONTEXT : context + Math.ceil(context * ROUNDED / 100);
  return Math.max(largest, promptTokens);
}

function mostOutput(bounds: CallBounds): number {
  const { context, maxTokens } = bounds;
  return Math.max(Math.min(context ?? LONGEST_REPLY, LONGEST_REPLY), maxTokens);
}

/** A prompt has at least one token. */
const leastInput = ({ promptLength }: CallBounds) => Math.max(1, leastTokens(promptLength));
const leastOutput = (seen: ObservedUsage) => leastTokens(seen.textBytes + seen.thinkingBytes);
const leastTokens = (bytes: number) => Math.ceil(bytes / LONGEST_TOKEN);

/** Estimates by the observed reply; by the upper bound where thinking is hidden and not counted. */
function estimateOf(
  claim: Usage | null,
  seen: ObservedUsage,
  bounds: CallBounds,
  hold: NanoUsd,
  why: DoubtCode | null,
): UsageBooking {
  const { inputEstimate, promptTokens, maxTokens, hidesReasoning, price } = bounds;
  const thinking = Math.min(maxTokens, Math.ceil(seen.thinkingBytes / THINKING_TOKEN));
  const textTokens = seen.textBytes === 0 ? 0 : Math.max(1, seen.textTokens);
  const output = hidesReasoning ? maxTokens : Math.min(maxTokens, textTokens + thinking);
  const counted = {
    // Possible parts of the claim count, so that the estimate is not below them.
    input: Math.max(Math.min(inputEstimate, promptTokens), claim?.input ?? 0),
    cached: 0,
    output: Math.max(output, claim?.output ?? 0),
    reasoning: Math.max(Math.min(thinking, output), claim?.reasoning ?? 0),
  };
  // The estimate of the prompt counts audio at its price, a claim by its tokens.
  const { input = 0, audio = 0 } = claim ?? {};
  const claimed = costOf({ ...counted, input, audio }, price);
  const estimated = costOf(counted, price);
  const usd = claimed > estimated ? claimed : estimated;
  return {
    ...counted,
    // An estimate never exceeds its hold.
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

export interface TranscriptionBooking extends Pick<UsageBooking, "usd" | "from" | "doubt"> {
  seconds: number;
}

/** Seconds added to a recording's length for rounding and the frames at its ends. */
const SPARE_SECONDS = 1;

/**
 * Decides what to book for a transcription, from the billed seconds.
 * More than the recording has is impossible, as is zero or less. Our own measure is an upper bound,
 * so fewer seconds are possible.
 * @param claim seconds that the provider bills; null when it names none
 * @param measured upper bound of the recording's length, in seconds
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
