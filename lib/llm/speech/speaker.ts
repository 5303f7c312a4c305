import type { Config } from "../../config.ts";
import { speechSettings } from "../../config/speech.ts";
import type { HttpClient } from "../../platform/http_client.ts";
import { isOwnServer } from "../../shared/own_server.ts";
import type { Language } from "../../shared/languages.ts";
import { apiAddress } from "../rules/server_address.ts";
import { openAiSpeech } from "./openai_speech.ts";

/** Speaks texts. */
export interface Speaker {
  /** Name in prices and the ledger: `openai`, or `speech` for any other server. */
  readonly name: string;
  readonly model: string;
  /** A server on this machine or in a private network, which costs nothing. */
  readonly own: boolean;
  /**
   * Speaks a text, with one request; the answer is to be Ogg/Opus and is not checked.
   * @throws {ProviderError} for every failure, the caller's abort included; `maySpend` tells
   * whether it may have been billed.
   */
  speak(text: string, language: Language, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
}

const OPENAI = /^https:\/\/([a-z]+\.)?api\.openai\.com(:443)?(\/|$)/;
const ENDPOINT = "/audio/speech";

/** The speaker of the settings; null without one. */
export function createSpeaker(config: Config, http: HttpClient): Speaker | null {
  const settings = speechSettings(config);
  if (settings === null) return null;
  const { key, model, voices } = settings;
  // Some servers' instructions name the whole address.
  const base = apiAddress(settings.url.replace(ENDPOINT, ""));
  const official = OPENAI.test(base);
  const usual = voices.find(({ language }) => language === null) ?? voices[0];
  const url = new URL(base + ENDPOINT);
  const speech = openAiSpeech({
    url,
    company: official ? "OpenAI" : url.hostname,
    key,
    model,
    http,
  });
  return {
    name: official ? "openai" : "speech",
    model,
    own: isOwnServer(base),
    speak: (text, language, signal) => {
      const voice = voices.find((each) => each.language === language) ?? usual;
      return speech({ text, voice: voice?.name ?? "" }, signal);
    },
  };
}
