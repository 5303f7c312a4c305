import { AUDIO_FORMATS, type AudioFormat } from "../../config/audio_formats.ts";
import type { ModelPrice } from "./prices.ts";

/** Formats that OpenAI and most compatible servers take in a prompt. */
export const USUAL_FORMATS: readonly AudioFormat[] = ["wav", "mp3"];

/** Longest recording that goes to a model: its file comes whole, and each second is paid for. */
export const MOST_HEARD_SECONDS = 120;

/** The name of a media type in a request; null for others. */
export function audioFormatOf(type: string): AudioFormat | null {
  const names: readonly AudioFormat[] = ["wav", "mp3", "ogg", "webm", "m4a"];
  return names.find((name) => AUDIO_FORMATS[name] === type) ?? null;
}

/** Models that take recordings in a prompt, by their bare names. */
export const HEARING_MODELS =
  /^gpt-audio|^gemini-(2|[3-9])(?!.*(image|tts|embedding))|qwen.*omni|qwen2-audio|voxtral(?!.*(transcribe|tts|realtime))|ultravox|gemma-?3n|gemma-?4.*(e2b|e4b|12b)|phi-?4-multimodal|minicpm-o/;

/**
 * Most tokens of a second of audio, by bare names. OpenAI counts one for 100 ms
 * (https://platform.openai.com/docs/guides/realtime-costs), Gemini 32 for a second
 * (https://ai.google.dev/gemini-api/docs/audio), others one for each frame of 40 or 80 ms.
 */
const TOKENS_A_SECOND: readonly [models: RegExp, tokens: number][] = [
  [/^gpt-/, 10],
  [/^gemini-/, 32],
  [/qwen/, 25],
  [/voxtral/, 12.5],
];
/** For other models: a token for each 20 ms, the shortest frame in use. */
const MOST_TOKENS_A_SECOND = 50;

/** Counted with each recording, as its ends are padded. */
const SPARE_SECONDS = 1;

/** Upper bound of the tokens of a recording, by the model's bare name. */
export function audioTokenBound(name: string, seconds: number): number {
  const rate = TOKENS_A_SECOND.find(([models]) => models.test(name))?.[1] ?? MOST_TOKENS_A_SECOND;
  return Math.ceil((seconds + SPARE_SECONDS) * rate);
}

/**
 * Tokens of text that cost as much as tokens of audio, rounded up, so that a bound of a prompt may
 * be one number. Null when the price names no rate of audio, or none of text to compare it with.
 */
export function asTextTokens(audioTokens: number, price: ModelPrice): number | null {
  const { input, audioInput } = price;
  if (audioInput === undefined) return null;
  if (audioInput <= input) return audioTokens;
  if (input === 0n) return null;
  return Number((BigInt(audioTokens) * audioInput + input - 1n) / input);
}
