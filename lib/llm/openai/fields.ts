import type { ProviderRefusal } from "./refusals.ts";

/** What servers and models disagree on: left out, or put otherwise, where it is refused. */
export type RequestField =
  | "temperature"
  | "stream_options"
  | "max_tokens"
  | "max_completion_tokens"
  /** The role of the tool's prompt: it goes before the first question instead. */
  | "system";

/** A request of the same model is sent this often in other words at most. */
export const MOST_FIELDS = 4;

const REFUSES =
  /unsupported|not (be )?(support|allow|permit|recogni|enabled)|unrecogni|unknown|unexpected|forbidden|extra|deprecated|only user|alternate/i;
const NAMES: readonly [RequestField, RegExp][] = [
  ["stream_options", /\bstream_options\b/],
  ["max_tokens", /\bmax_tokens\b/],
  ["max_completion_tokens", /\bmax_completion_tokens\b/],
  ["temperature", /\btemperature\b/i],
  [
    "system",
    /\bsystem (role|message|prompt|instruction)|\brole\b.{0,30}system|['"`]system['"`]|developer (instruction|message)|roles must alternate|only user(,| and) assistant/i,
  ],
];
const LIMITS: ReadonlySet<RequestField> = new Set(["max_tokens", "max_completion_tokens"]);

/**
 * The field of a request because of which it was refused, if it can be sent
 * without it: null for any other refusal. How long a reply may be is always
 * said, by one name or the other.
 * @param sent the fields that the request had
 */
export function refusedField(
  status: number,
  { param, codes, words }: ProviderRefusal,
  sent: ReadonlySet<RequestField>,
): RequestField | null {
  const template = status === 500;
  if (status !== 400 && status !== 422 && !template) return null;
  const refuses = REFUSES.test(`${codes} ${words}`);
  for (const [field, pattern] of NAMES) {
    if (!sent.has(field) || (template && field !== "system")) continue;
    // A value that is not taken is not asked for again; a limit stays, else the reply has none.
    if (param === field && !LIMITS.has(field)) return field;
    if (refuses && (param === field || pattern.test(`${param} ${words}`))) return field;
  }
  return null;
}
