import { z } from "zod";
import { isOwnServer } from "../shared/own_server.ts";
import { AUDIO_FORMATS, type AudioFormat } from "./audio_formats.ts";
import { httpUrl, list, text, type ValuesOf, wholeNumber } from "./values.ts";

const BUILT_IN = ["openai", "anthropic", "mock"] as const;
/** Names that stand for something else in prices and the ledger. */
const RESERVED: ReadonlySet<string> = new Set([...BUILT_IN, "twilio", "speech"]);
const MOST_SERVERS = 20;
const SERVERS =
  `up to ${MOST_SERVERS} of name=address separated by commas, such as ollama=http://localhost:11434; names in small letters, digits and hyphens, each once, other than ${
    [...RESERVED].join(", ")
  }`;

/** Keys go in a header: one pasted with a dash or dots of a text programme's making cannot be sent. */
const HEADER_TEXT = /^[\x21-\x7e]+$/;
const KEY = "a key of letters, digits and signs, without spaces";
export const apiKey = text.regex(HEADER_TEXT, KEY);

/** An address under a name of the organisation's choice. */
const server = z.string().transform((text) => {
  const equals = text.indexOf("=");
  return { name: text.slice(0, equals).trim(), url: text.slice(equals + 1).trim() };
}).pipe(z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,29}$/, SERVERS)
    .refine((name) => !RESERVED.has(name), SERVERS),
  url: z.string().refine((url) => httpUrl.safeParse(url).success, SERVERS)
    .transform((url) => url.replace(/\/+$/, "")),
}));

const servers = list.pipe(z.array(server).max(MOST_SERVERS, SERVERS))
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, SERVERS);

/** Providers, and the models that are asked where nobody chose one. */
export const MODEL_SETTINGS = {
  OPENAI_API_KEY: apiKey.optional(),
  OPENAI_BASE_URL: httpUrl.optional(),
  ANTHROPIC_API_KEY: apiKey.optional(),
  ANTHROPIC_BASE_URL: httpUrl.optional(),
  LLM_COMPATIBLE: servers.default([]),
  LLM_PROVIDER: list.pipe(z.array(z.string()).min(1, providersTake([]))).optional(),
  LLM_DEFAULT_MODEL: text.optional(),
  LLM_TRANSCRIPTION_MODEL: text.default("gpt-transcribe"),
  // A reply has five minutes in all.
  LLM_FIRST_TOKEN_SECONDS: wholeNumber(1, 240, "whole seconds from 1 to 240").optional(),
  MOCK_PACE_MS: wholeNumber(0, 99_999, "milliseconds").default(25),
};

type Values = ValuesOf<typeof MODEL_SETTINGS>;

/** A server that speaks OpenAI's API. */
export interface CompatibleServer {
  name: string;
  /** As set; some are set without the path of their API. */
  url: string;
  key: string | undefined;
}

/** The compatible servers with their keys, `LLM_KEY_<NAME>` with an underscore for a hyphen. */
export function compatibleServers(
  { LLM_COMPATIBLE }: Values,
  env: Record<string, string | undefined>,
): CompatibleServer[] {
  return LLM_COMPATIBLE.map((server) => ({
    ...server,
    key: env[keyName(server.name)]?.trim() || undefined,
  }));
}

/** Formats of recordings that the models of a provider take, by `LLM_AUDIO_<NAME>`. */
export function audioFormats(
  settings: Values,
  env: Record<string, string | undefined>,
): Map<string, readonly AudioFormat[]> {
  const told = audioNames(settings).flatMap((name): [string, readonly AudioFormat[]][] => {
    const formats = formatsIn(env[audioKey(name)]);
    return formats === null || formats.length === 0 ? [] : [[name, formats]];
  });
  return new Map(told);
}

/** The name of a setting of audio formats that is wrong, and its valid values; else null. */
export function audioProblem(
  settings: Values,
  env: Record<string, string | undefined>,
): string | null {
  const wrong = audioNames(settings).find((name) => formatsIn(env[audioKey(name)]) === null);
  const known = Object.keys(AUDIO_FORMATS).join(", ");
  return wrong === undefined ? null : `${audioKey(wrong)} takes one or more of ${known}`;
}

const audioNames = ({ LLM_COMPATIBLE }: Values) => [
  "openai",
  ...LLM_COMPATIBLE.map(({ name }) => name),
];

/** The formats of a list; null when one is unknown. */
function formatsIn(list: string | undefined): AudioFormat[] | null {
  const names = (list ?? "").toLowerCase().split(/[\s,]+/).filter((name) => name !== "");
  const known = names.filter((name): name is AudioFormat => Object.hasOwn(AUDIO_FORMATS, name));
  return known.length === names.length ? known : null;
}

/** The name of a compatible server's key that no header can hold, and its valid values; else null. */
export function keyProblem(
  settings: Values,
  env: Record<string, string | undefined>,
): string | null {
  const wrong = compatibleServers(settings, env)
    .find(({ key }) => key !== undefined && !HEADER_TEXT.test(key));
  return wrong ? `${keyName(wrong.name)} takes ${KEY}` : null;
}

/** What LLM_PROVIDER takes, if it names a provider that does not exist; else null. */
export function providerProblem({ LLM_PROVIDER, LLM_COMPATIBLE }: Values): string | null {
  const compatible = LLM_COMPATIBLE.map(({ name }) => name);
  const known: readonly string[] = [...BUILT_IN, ...compatible];
  const wrong = LLM_PROVIDER?.some((name) => !known.includes(name)) ?? false;
  return wrong ? providersTake(compatible) : null;
}

/**
 * The providers in order of attempts: those of LLM_PROVIDER, else the first of OpenAI, Anthropic
 * and the compatible servers that is set up, else the simulated one.
 */
export function chosenProviders(settings: Values): readonly string[] {
  if (settings.LLM_PROVIDER) return settings.LLM_PROVIDER;
  const { OPENAI_API_KEY, OPENAI_BASE_URL, ANTHROPIC_API_KEY, LLM_COMPATIBLE } = settings;
  if (OPENAI_API_KEY !== undefined) return ["openai"];
  if (ANTHROPIC_API_KEY !== undefined) return ["anthropic"];
  if (OPENAI_BASE_URL !== undefined && isOwnServer(OPENAI_BASE_URL)) return ["openai"];
  return [LLM_COMPATIBLE[0]?.name ?? "mock"];
}

/** The model asked where nobody chose one; small and cheap, of the first provider. */
export function defaultModel(settings: Values): string {
  const [first] = chosenProviders(settings);
  return settings.LLM_DEFAULT_MODEL ??
    (first === "anthropic" ? "claude-haiku-5-5" : "gpt-6-luna");
}

/** Sentences on keys without a server, and on a first provider without a model. */
export function modelWarnings(
  settings: Values,
  env: Record<string, string | undefined>,
): string[] {
  const servers = compatibleServers(settings, env);
  const names = new Set(servers.map(({ name }) => keyName(name)));
  const warnings = Object.keys(env).filter((key) => /^LLM_KEY_./.test(key) && !names.has(key))
    .map((key) => `${key} is the key of no server in LLM_COMPATIBLE`);
  const heard = new Set(audioNames(settings).map(audioKey));
  warnings.push(
    ...Object.keys(env).filter((key) => /^LLM_AUDIO_./.test(key) && !heard.has(key))
      .map((key) => `${key} is the setting of no server in LLM_COMPATIBLE`),
  );
  const [first] = chosenProviders(settings);
  if (servers.some(({ name }) => name === first) && !env.LLM_DEFAULT_MODEL?.trim()) {
    warnings.push(`LLM_DEFAULT_MODEL is not set: name a model of ${first}`);
  }
  return warnings;
}

function providersTake(compatible: readonly string[]): string {
  const names = [...BUILT_IN, ...compatible].join(", ");
  return `a comma-separated list of ${names}${
    compatible.length > 0 ? "" : " and the names in LLM_COMPATIBLE"
  }`;
}

const keyName = (name: string) => `LLM_KEY_${inCapitals(name)}`;
const audioKey = (name: string) => `LLM_AUDIO_${inCapitals(name)}`;
const inCapitals = (name: string) => name.toUpperCase().replaceAll("-", "_");
