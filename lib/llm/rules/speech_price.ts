import type { NanoUsd } from "../../shared/money.ts";
import { secondsCost } from "./prices.ts";

/** Price of speech, in nano-dollars. */
export type SpeechPrice =
  /** For 1,000 characters of text, in Unicode code points. */
  | { per: "characters"; usd: NanoUsd }
  /** For a minute of sound. */
  | { per: "minute"; usd: NanoUsd };

export const FREE_SPEECH: SpeechPrice = { per: "characters", usd: 0n };

/**
 * OpenAI's speech models, until they end on 2027-01-06. The last one is billed by tokens; its
 * price by the minute is OpenAI's estimate.
 * https://platform.openai.com/docs/pricing#transcription-and-speech-generation
 */
const LISTED: Readonly<Record<string, SpeechPrice>> = {
  "tts-1": { per: "characters", usd: 15_000_000n },
  "tts-1-1106": { per: "characters", usd: 15_000_000n },
  "tts-1-hd": { per: "characters", usd: 30_000_000n },
  "tts-1-hd-1106": { per: "characters", usd: 30_000_000n },
  "gpt-4o-mini-tts": { per: "minute", usd: 15_000_000n },
};

/** From then on OpenAI has no `/v1/audio/speech`. */
export const OPENAI_SPEECH_ENDS = "2027-01-06";

/** A text spoken more slowly than this, in characters a second, is no speech. */
const SLOWEST_SPEECH = 5;

/** OpenAI's price of a speech model; null when unknown. */
export function listedSpeechPrice(model: string): SpeechPrice | null {
  return LISTED[model] ?? null;
}

/** The most that a text of so many characters can cost. */
export function mostSpeechCost(characters: number, price: SpeechPrice): NanoUsd {
  return speechCost({ characters, seconds: Math.ceil(characters / SLOWEST_SPEECH) + 1 }, price);
}

/** The cost of spoken text. */
export function speechCost(
  spoken: { characters: number; seconds: number },
  price: SpeechPrice,
): NanoUsd {
  if (price.per === "minute") return secondsCost(spoken.seconds, price.usd);
  return (BigInt(spoken.characters) * price.usd + 999n) / 1000n;
}
