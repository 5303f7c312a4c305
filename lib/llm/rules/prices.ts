import { z } from "zod";
import type { NanoUsd } from "../../shared/money.ts";

/**
 * Token counts in one shape for all providers: `cached` and `written` are
 * disjoint parts of `input`, `reasoning` a part of `output`.
 */
export interface Usage {
  input: number;
  /** Input read from the provider's prompt cache. */
  cached: number;
  /** Input written to the provider's prompt cache and billed as such; 0 when omitted. */
  written?: number;
  /** The part of `written` that is stored for an hour, where that is billed apart. */
  writtenHour?: number;
  output: number;
  reasoning: number;
  /** The part of `input` that is audio; omitted when unknown. */
  audio?: number;
}

const rate = z.bigint().min(0n);

const rates = z.object({
  input: rate,
  cachedInput: rate,
  /** Input written to the prompt cache; the rate of `input` when omitted. */
  cacheWrite: rate.optional(),
  /** Input written to the prompt cache for an hour; the rate of `cacheWrite` when omitted. */
  cacheWriteHour: rate.optional(),
  output: rate,
  /** Audio in the prompt; without it recordings have no price. */
  audioInput: rate.optional(),
});

/** A model's price, in nano-dollars per million tokens. */
export const modelPrice = rates.extend({
  /** Rates of the whole call when its input exceeds `above` tokens; in ascending order. */
  tiers: z.array(rates.extend({ above: z.number().int().min(0) })).optional(),
});

export type Rates = z.output<typeof rates>;
export type ModelPrice = z.output<typeof modelPrice>;

const MILLION = 1_000_000n;

/**
 * The cost of a call, rounded up to a whole nano-dollar:
 * (input − cached − written)·in + cached·cachedIn + written·cacheWrite + output·out, over a
 * million; the part written for an hour and audio at rates of their own. Audio counts as uncached,
 * as far as the cache leaves room.
 * @throws {RangeError} when a count is not a non-negative integer, or parts exceed their whole.
 */
export function costOf(usage: Usage, price: ModelPrice): NanoUsd {
  const { input, cached, written = 0, writtenHour = 0, output, audio = 0 } = usage;
  if (cached + written > input) throw new RangeError("More cached input than input");
  if (writtenHour > written) throw new RangeError("More written for an hour than written");
  const rates = ratesFor(input, price);
  const cacheWrite = rates.cacheWrite ?? rates.input;
  const uncached = input - cached - written;
  const heard = Math.min(audio, uncached);
  const sum = count(uncached - heard) * rates.input +
    count(heard) * (rates.audioInput ?? rates.input) +
    count(cached) * rates.cachedInput +
    count(written - writtenHour) * cacheWrite +
    count(writtenHour) * (rates.cacheWriteHour ?? cacheWrite) +
    count(output) * rates.output;
  return (sum + MILLION - 1n) / MILLION;
}

/** The cost of several calls from their sums, at the rates of a call of average size. */
export function costOfCalls(calls: number, sums: Usage, price: ModelPrice): NanoUsd {
  const { input, cachedInput, output } = ratesFor(sums.input / Math.max(1, calls), price);
  return costOf(sums, { input, cachedInput, output });
}

/**
 * The most a call can cost: no input cached (or all of it written to the cache, where that costs
 * more) and every allowed token written. Nothing is stored for an hour: no request asks for it.
 * @param promptTokenBound upper bound of the prompt's tokens, see tokens.ts
 * @throws {RangeError} when a count is not a non-negative integer.
 */
export function worstCase(
  promptTokenBound: number,
  maxTokens: number,
  price: ModelPrice,
): NanoUsd {
  let most = 0n;
  for (const rates of [price, ...(price.tiers ?? []).filter((t) => promptTokenBound > t.above)]) {
    const input = dearest(rates);
    const sum = count(promptTokenBound) * input + count(maxTokens) * rates.output;
    if (sum > most) most = sum;
  }
  return (most + MILLION - 1n) / MILLION;
}

function dearest(rates: Rates): NanoUsd {
  let most = rates.input;
  if (rates.cachedInput > most) most = rates.cachedInput;
  if (rates.cacheWrite !== undefined && rates.cacheWrite > most) most = rates.cacheWrite;
  return most;
}

function ratesFor(input: number, price: ModelPrice): Rates {
  return price.tiers?.findLast((tier) => input > tier.above) ?? price;
}

function count(tokens: number): bigint {
  if (!Number.isSafeInteger(tokens) || tokens < 0) {
    throw new RangeError(`Not a count of tokens: ${tokens}`);
  }
  return BigInt(tokens);
}

/**
 * The cost of seconds billed by the minute, rounded up to a whole nano-dollar.
 * @param seconds from 0; fractions are rounded up to the millisecond
 * @throws {RangeError} for anything else.
 */
export function secondsCost(seconds: number, minute: NanoUsd): NanoUsd {
  const milliseconds = count(Math.ceil(seconds * 1000));
  return (milliseconds * minute + 59_999n) / 60_000n;
}
