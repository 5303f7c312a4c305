import type { Transcriber } from "../audio/transcriber.ts";

/** A transcriber that says it is simulated; nothing leaves the process. */
export function mockTranscriber(model: string): Transcriber {
  return {
    name: "mock",
    model,
    simulated: true,
    transcribe: () =>
      Promise.resolve({ text: "(simulated: what a voice message says)", seconds: null }),
  };
}
