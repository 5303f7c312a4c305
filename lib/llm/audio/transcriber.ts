import { factsOf } from "../rules/model_facts.ts";

/** What helps to understand a recording. */
export interface TranscriptionHints {
  /** Languages it may be in, as ISO 639-1 codes. */
  languages: readonly string[];
  /** Names and terms that may occur. */
  keywords: readonly string[];
}

export interface Recording {
  /** Media type, without parameters. */
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
  hints?: TranscriptionHints;
}

export interface Transcript {
  /** The transcript; empty when nothing was heard. */
  text: string;
  /** Billed seconds; null when the provider does not say. */
  seconds: number | null;
}

export interface Transcriber {
  readonly name: string;
  readonly model: string;
  /** True when transcripts are simulated and cost nothing. */
  readonly simulated: boolean;
  /**
   * Transcribes a recording, with one request.
   * @throws {ProviderError} for every failure, the caller's abort included; `maySpend` tells
   * whether it may have been billed.
   */
  transcribe(recording: Recording, signal: AbortSignal): Promise<Transcript>;
}

/** Nano-dollars per minute; null when unknown (never 0). "mock" costs what "openai" does. */
export function minutePrice(provider: string, model: string): bigint | null {
  return factsOf({ provider, model }).minute;
}

/** Whether it takes hints of languages and terms. */
export function takesHints(model: string): boolean {
  return factsOf({ provider: "openai", model }).audioHints;
}

/** Whether it is billed by the second; else a price by the minute is an estimate. */
export function billsSeconds(model: string): boolean {
  return factsOf({ provider: "openai", model }).billedBySecond;
}
