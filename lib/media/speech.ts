import type { Language } from "../shared/languages.ts";
import type { NanoUsd } from "../shared/money.ts";
import {
  FREE_SPEECH,
  listedSpeechPrice,
  mostSpeechCost,
  OPENAI_SPEECH_ENDS,
  speechCost,
  type SpeechPrice,
} from "../llm/rules/speech_price.ts";
import { ProviderError } from "../llm/provider.ts";
import type { Speaker } from "../llm/speech/speaker.ts";
import type { Admission, CallPlace, CallRequest } from "../metering/calls/hold_call.ts";
import type { PaidCalls } from "../metering/calls/paid_calls.ts";
import type { CustomPrices } from "../metering/custom_prices.ts";
import type { Clock } from "../platform/clock.ts";
import type { SpeechView } from "../shared/views/whatsapp_admin_view.ts";
import type { Key } from "../store/key.ts";
import type { Tx } from "../store/transactions.ts";
import { opusSeconds } from "./rules/opus.ts";

interface Needs {
  store: { customPrices: Pick<CustomPrices, "unit"> };
  clock: Clock;
}

/** A voice note may last as long as one that is listened to. */
const MAX_SECONDS = 600;

/** Speech as a voice note: Ogg/Opus. */
export interface SpokenNote {
  bytes: Uint8Array<ArrayBuffer>;
  seconds: number;
  /** The cost that is booked for it. */
  usd: NanoUsd;
}

export interface SpeechRequest {
  text: string;
  language: Language;
  place: CallPlace;
  /** Work in the commit of the hold. */
  admission?: Admission<void>;
  /** Stores the speech; the returned part writes in the commit that books it. */
  keep(note: SpokenNote): Promise<{ reads: readonly Key<unknown>[]; run(tx: Tx): void }>;
}

/** Speaks texts as paid calls. */
export class PaidSpeech {
  constructor(
    private readonly deps: Needs,
    private readonly speaker: Speaker | null,
    private readonly paidCalls: Pick<PaidCalls, "run">,
  ) {}

  /** The server and its price; null without one. */
  state(): SpeechView | null {
    if (this.speaker === null) return null;
    const { name, model, own } = this.speaker;
    const unit = this.deps.store.customPrices.unit(name, model, this.deps.clock());
    const price: SpeechPrice | null = unit !== null
      ? { per: "characters", usd: unit }
      : own
      ? FREE_SPEECH
      : name === "openai"
      ? listedSpeechPrice(model)
      : null;
    return { model, own, price, endsOn: name === "openai" ? OPENAI_SPEECH_ENDS : null };
  }

  /** Whether texts can be spoken: a server is set, and its price known. */
  get isAvailable(): boolean {
    return (this.state()?.price ?? null) !== null;
  }

  /**
   * Holds, speaks, stores and books.
   * @throws {AppError} `over_budget`, `over_share`, or what the admission throws: nothing was asked
   * @throws {ProviderError} also for anything but a voice note in Ogg/Opus
   */
  async speak(request: SpeechRequest, signal: AbortSignal): Promise<void> {
    const { text, language, place, admission, keep } = request;
    const { speaker } = this;
    const price = this.state()?.price ?? null;
    if (speaker === null || price === null) {
      throw new ProviderError("refused", "No speech server with a price is set");
    }
    const characters = [...text].length;
    const call: CallRequest = {
      ...place,
      provider: speaker.name,
      model: speaker.model,
      simulated: false,
      worst: mostSpeechCost(characters, price),
    };
    await this.paidCalls.run(call, async (bill) => {
      let bytes: Uint8Array<ArrayBuffer>;
      try {
        bytes = await speaker.speak(text, language, signal);
      } catch (error) {
        if (error instanceof ProviderError && !error.maySpend) bill.cost = null;
        throw error;
      }
      const seconds = opusSeconds(bytes);
      if (seconds === null || seconds === 0 || seconds > MAX_SECONDS) {
        const generated = { generated: true };
        throw new ProviderError("broken", "The answer is no voice note in Ogg/Opus", generated);
      }
      const usd = speechCost({ characters, seconds }, price);
      bill.cost = {
        usd,
        audioSeconds: seconds,
        basis: "estimated",
        doubt: usd > call.worst
          ? { code: "usage_above_hold", why: "above_hold", booked: "claim" }
          : null,
      };
      const kept = await keep({ bytes, seconds, usd });
      bill.reads = kept.reads;
      bill.also = kept.run;
    }, admission);
  }
}
