import type { ProviderRefusal } from "./refusals.ts";

/** Request fields that servers and models disagree on; omitted or renamed when refused. */
export type RequestField =
  | "temperature"
  /** The effort "none" alone: the least of the others is sent instead. */
  | "effort_none"
  | "reasoning_effort"
  | "stream_options"
  | "max_tokens"
  | "max_completion_tokens"
  /** The role of the tool's prompt, which is put before the first question instead. */
  | "system";

const REFUSES =
  /unsupported|not (be )?(support|allow|permit|recogni|enabled)|unrecogni|unknown|unexpected|forbidden|extra|deprecated|only user|alternate/i;
const NAMES: readonly [RequestField, RegExp][] = [
  ["stream_options", /\bstream_options\b/],
  ["max_tokens", /\bmax_tokens\b/],
  ["max_completion_tokens", /\bmax_completion_tokens\b/],
  ["reasoning_effort", /\breasoning_effort\b/],
  ["temperature", /\btemperature\b/i],
  [
    "system",
    /\bsystem (role|message|prompt|instruction)|\brole\b.{0,30}system|['"`]system['"`]|developer (instruction|message)|roles must alternate|only user(,| and) assistant/i,
  ],
];
const LIMITS: ReadonlySet<RequestField> = new Set(["max_tokens", "max_completion_tokens"]);

/**
 * The field that caused a refusal, if the request can be sent without it; else null. The length
 * limit is always sent, under one of its two names.
 * @param sent the fields of the request
 */
export function refusedField(
  status: number,
  { param, codes, words }: ProviderRefusal,
  sent: ReadonlySet<RequestField>,
): RequestField | null {
  const template = status === 500;
  if (status !== 400 && status !== 422 && !template) return null;
  const refuses = REFUSES.test(`${codes} ${words}`);
  if (sent.has("effort_none") && !template && refusesNone(param, codes, words)) {
    return "effort_none";
  }
  for (const [field, pattern] of NAMES) {
    if (!sent.has(field) || (template && field !== "system")) continue;
    // A refused value does not mean that the field is refused; a limit stays, else the reply has
    // none.
    if (param === field && !LIMITS.has(field)) return field;
    if (refuses && (param === field || pattern.test(`${param} ${words}`))) return field;
  }
  return null;
}

/** Whether the effort "none" is refused, rather than any effort. */
function refusesNone(param: string, codes: string, words: string): boolean {
  const about = param === "reasoning_effort" || /\breasoning_effort\b/.test(words);
  return about &&
    /unsupported_value|invalid_value|\bvalues?\b|input should be/i.test(`${codes} ${words}`);
}
