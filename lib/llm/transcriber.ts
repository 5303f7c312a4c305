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

/**
 * Nano-dollars a minute, from https://platform.openai.com/docs/pricing#transcription:
 * what OpenAI charges for whisper-1, and what it says that the others come to,
 * which it bills by the token.
 */
const MINUTE: Readonly<Record<string, bigint>> = {
  "whisper-1": 6_000_000n,
  "gpt-4o-transcribe": 6_000_000n,
  "gpt-4o-mini-transcribe": 3_000_000n,
};

/** What a minute costs, in nano-dollars; null where it is not known (never 0). "mock" costs what "openai" does. */
export function minutePrice(provider: string, model: string): bigint | null {
  if (provider !== "openai" && provider !== "mock") return null;
  return Object.hasOwn(MINUTE, model) ? MINUTE[model] ?? null : null;
}

/** Only whisper-1 is billed by the second; a price by the minute is an estimate of the others' tokens. */
export function billsSeconds(model: string): boolean {
  return model === "whisper-1";
}
