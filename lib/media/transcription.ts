import { transcriptionBookingOf } from "../metering/rules/claims.ts";
import { AppError } from "../platform/errors.ts";
import { secondsCost } from "../llm/rules/prices.ts";
import { cutText, LONGEST_TEXT } from "../llm/rules/reply_text.ts";
import { ProviderError } from "../llm/provider.ts";
import {
  billsSeconds,
  minutePrice,
  type Recording,
  type Transcriber,
  type Transcript,
} from "../llm/audio/transcriber.ts";
import type { Heard } from "./records.ts";
import type { Key } from "../store/key.ts";
import type { CallCost } from "../metering/call_records.ts";
import type { Admission, CallRequest } from "../metering/calls/hold_call.ts";
import type { PaidCalls } from "../metering/calls/paid_calls.ts";
import type { Clock } from "../platform/clock.ts";
import type { Kv } from "../store/kv.ts";
import type { CustomPrices } from "../metering/custom_prices.ts";

interface Needs {
  store: { kv: Kv; customPrices: CustomPrices };
  transcriber: Transcriber | null;
  clock: Clock;
}

/** A voice message with its measured duration. */
export interface Voice extends Recording {
  seconds: number;
  /** Where the transcript is kept, which is paid for once. */
  kept: Key<Heard>;
  /**
   * Guards against a second call for it at the same time; deleted when the call ends. Without it
   * the recording was deleted meanwhile, and its transcript is not kept.
   */
  claim?: Admission<unknown> & { key: Key<unknown> };
}

/** The budgets and sums that the call counts in. */
export interface TranscriptionContext extends Pick<CallRequest, "address" | "forSimulator"> {
  tool: string;
  ceiling: bigint | null;
  channel: string;
  /** The speaker; null where no share of the day applies. */
  visitor: string | null;
}

/** Transcribes voice messages as paid calls and stores the transcripts for repeated requests. */
export class Transcription {
  constructor(private readonly deps: Needs, private readonly paidCalls: PaidCalls) {}

  /** Whether a transcriber is configured. */
  get isAvailable(): boolean {
    return this.deps.transcriber !== null;
  }

  /**
   * Transcript of a voice message; empty for silence.
   * @throws {AppError} `over_budget`, `over_share`; `unavailable` without a transcriber or a price
   * @throws {ProviderError}
   */
  async transcribe(
    voice: Voice,
    context: TranscriptionContext,
    signal: AbortSignal,
  ) {
    const { transcriber, store } = this.deps;
    const { kept, claim } = voice;
    const { value: known } = await store.kv.get(kept);
    if (known) return known.text;
    if (transcriber === null) throw new AppError("unavailable", { code: "voice.no_transcriber" });
    const { name: provider, model, simulated } = transcriber;
    const minute = this.minute(provider, model);
    const worst = secondsCost(Math.ceil(voice.seconds), minute);
    const request = { ...context, provider, model, simulated, worst };
    return await this.paidCalls.run(request, async (bill) => {
      bill.cost = costOf(null, voice, { minute, model });
      bill.also = (tx) => claim && tx.delete(claim.key);
      let heard: Transcript;
      try {
        heard = await transcriber.transcribe(voice, signal);
      } catch (error) {
        if (error instanceof ProviderError && !error.maySpend) bill.cost = null;
        throw error;
      }
      const text = cutText(heard.text, LONGEST_TEXT);
      bill.cost = costOf(heard.seconds, voice, { minute, model });
      if (claim) bill.reads = [claim.key];
      bill.also = (tx) => {
        if (!claim || tx.get(claim.key) !== null) tx.set(kept, { text });
        if (claim) tx.delete(claim.key);
      };
      return text;
    }, claim);
  }

  /** Nano-dollars per minute: the custom price, else the list price. */
  private minute(provider: string, model: string): bigint {
    const { customPrices } = this.deps.store;
    const seller = provider === "mock" ? "openai" : provider;
    const price = customPrices.unit(seller, model, this.deps.clock()) ?? minutePrice(seller, model);
    if (price !== null) return price;
    throw new AppError(
      "unavailable",
      { code: "voice.unpriced", model },
      { retryable: false },
    );
  }
}

/** Booked cost of a transcript, by the provider's claim of its duration. */
function costOf(
  claim: number | null,
  { seconds: measured }: Voice,
  { minute, model }: { minute: bigint; model: string },
): CallCost {
  const { seconds, usd, from, doubt } = transcriptionBookingOf(claim, measured, minute);
  const reported = from === "claim" && billsSeconds(model);
  return { usd, audioSeconds: seconds, basis: reported ? "reported" : "estimated", doubt };
}
