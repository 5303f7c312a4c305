import { z } from "zod";
import { type Language, languageSchema } from "../shared/languages.ts";
import { apiKey } from "./models.ts";
import { httpUrl, list, text, type ValuesOf } from "./values.ts";

const VOICES =
  "a voice's name, or language=name separated by commas, such as en=af_heart,es=ef_dora";

/** A name for all languages, or `language=name`. */
const voice = z.string().transform((text) => {
  const [name = "", ...rest] = text.split("=").map((part) => part.trim());
  return rest.length === 0 ? { language: null, name } : { language: name, name: rest.join("=") };
}).pipe(z.object({
  language: z.enum(languageSchema.options, VOICES).nullable(),
  name: z.string().min(1, VOICES),
}));

/** The server that speaks replies on WhatsApp. */
export const SPEECH_SETTINGS = {
  LLM_SPEECH_URL: httpUrl.optional(),
  LLM_SPEECH_KEY: apiKey.optional(),
  LLM_SPEECH_MODEL: text.optional(),
  LLM_SPEECH_VOICE: list.pipe(z.array(voice).min(1, VOICES)).optional(),
};

type Values = ValuesOf<typeof SPEECH_SETTINGS>;

export interface SpeechSettings {
  /** As set; some are set without the path of their API. */
  url: string;
  key: string | undefined;
  model: string;
  voices: readonly { language: Language | null; name: string }[];
}

/** The speech server's settings; null while one that it needs is missing. */
export function speechSettings(values: Values): SpeechSettings | null {
  const { LLM_SPEECH_URL: url, LLM_SPEECH_MODEL: model, LLM_SPEECH_VOICE: voices } = values;
  if (!url || !model || !voices) return null;
  return { url, key: values.LLM_SPEECH_KEY, model, voices };
}

/** A sentence that names what spoken replies still need, once one of their keys is set. */
export function speechWarnings(values: Values): string[] {
  const keys = ["LLM_SPEECH_URL", "LLM_SPEECH_MODEL", "LLM_SPEECH_VOICE"] as const;
  if ([...keys, "LLM_SPEECH_KEY" as const].every((key) => values[key] === undefined)) return [];
  const missing = keys.filter((key) => values[key] === undefined);
  return missing.length === 0
    ? []
    : [`Spoken replies on WhatsApp are off: they need ${missing.join(" and ")} as well`];
}
