import { factsOf } from "./rules/model_facts.ts";

/** Something that somebody said. */
export interface Recording {
  /** Its media type, without parameters. */
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface Transcript {
  /** What was heard; empty when nothing was. */
  text: string;
  /** What the provider bills, in seconds; null when it does not say. */
  seconds: number | null;
}

/** A company's ears. */
export interface Transcriber {
  readonly name: string;
  readonly model: string;
  /** True when what was heard is made up here and costs nothing real. */
  readonly simulated: boolean;
  /**
   * Writes down what is said in a recording. Asks once.
   * @throws {ProviderError} for every failure, the caller's own abort included;
   *   its `maySpend` says whether it may have been billed.
   */
  transcribe(recording: Recording, signal: AbortSignal): Promise<Transcript>;
}

/** What a minute costs, in nano-dollars; null where it is not known (never 0). "mock" costs what "openai" does. */
export function minutePrice(provider: string, model: string): bigint | null {
  return factsOf({ provider, model }).minute;
}

/** Whether it is billed by the second; else a price by the minute is an estimate. */
export function billsSeconds(model: string): boolean {
  return factsOf({ provider: "openai", model }).billedBySecond;
}
