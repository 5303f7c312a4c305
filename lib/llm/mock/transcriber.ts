import type { Transcriber } from "../transcriber.ts";

/** Ears that hear nothing and say so; nothing leaves the process. */
export function mockTranscriber(model: string): Transcriber {
  return {
    name: "mock",
    model,
    simulated: true,
    transcribe: () =>
      Promise.resolve({ text: "(simulated: what a voice message says)", seconds: null }),
  };
}
