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
} from "../llm/transcriber.ts";
import { mediaKeys } from "./records.ts";
import type { CallCost } from "../metering/call_records.ts";
import type { CallRequest, PaidCalls } from "../metering/calls/paid_calls.ts";
import type { Clock } from "../platform/clock.ts";
import type { Kv } from "../store/kv.ts";
import type { CustomPrices } from "../metering/custom_prices.ts";

interface Needs {
  store: { kv: Kv; customPrices: CustomPrices };
  transcriber: Transcriber | null;
  clock: Clock;
}

/** A voice message whose length is known. */
export interface Voice extends Recording {
  seconds: number;
  /** Names it: what was heard is paid for once, however often it is asked for. */
  name: string;
}

/** Whose ceilings and sums it counts in. */
export interface TranscriptionContext extends Pick<CallRequest, "forSimulator"> {
  tool: string;
  ceiling: bigint | null;
  channel: string;
  /** Who said it; null where it counts in nobody's share of the day. */
  visitor: string | null;
}

/** Writes down what people say: held before, booked after, kept for when it is asked again. */
export class Transcription {
  constructor(private readonly deps: Needs, private readonly paidCalls: PaidCalls) {}

  /** Whether anything here hears. */
  get isAvailable(): boolean {
    return this.deps.transcriber !== null;
  }

  /**
   * What is said in a voice message; empty when nothing was heard.
   * @throws {AppError} `over_budget` or `over_share`, or `unavailable` where nothing hears or no price is known.
   * @throws {ProviderError} when it could not be written down.
   */
  async transcribe(
    voice: Voice,
    heardFor: TranscriptionContext,
    signal: AbortSignal,
  ) {
    const { transcriber, store } = this.deps;
    const key = mediaKeys.heard(voice.name);
    const { value: known } = await store.kv.get(key);
    if (known) return known.text;
    if (transcriber === null) throw new AppError("unavailable", { code: "voice.no_transcriber" });
    const { name: provider, model, simulated } = transcriber;
    const minute = this.minute(provider, model);
    const worst = secondsCost(Math.ceil(voice.seconds), minute);
    const request = { ...heardFor, provider, model, simulated, worst };
    return await this.paidCalls.run(request, async (bill) => {
      bill.cost = costOf(null, voice, { minute, model });
      let heard: Transcript;
      try {
        heard = await transcriber.transcribe(voice, signal);
      } catch (error) {
        if (error instanceof ProviderError && !error.maySpend) bill.cost = null;
        throw error;
      }
      const text = cutText(heard.text, LONGEST_TEXT);
      bill.cost = costOf(heard.seconds, voice, { minute, model });
      bill.also = (tx) => tx.set(key, { text });
      return text;
    });
  }

  /** Nano-dollars a minute: the organisation's own price, else the list's. */
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

/** What a recording that was heard is booked as, by what the provider says of its length. */
function costOf(
  claim: number | null,
  { seconds: measured }: Voice,
  { minute, model }: { minute: bigint; model: string },
): CallCost {
  const { seconds, usd, from, doubt } = transcriptionBookingOf(claim, measured, minute);
  const reported = from === "claim" && billsSeconds(model);
  return { usd, audioSeconds: seconds, basis: reported ? "reported" : "estimated", doubt };
}
