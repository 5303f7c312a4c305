import { isRecord } from "../json.ts";
import type { ProviderFault } from "../provider.ts";

/** An error object of OpenAI or a compatible server, parsed. */
export interface ProviderRefusal {
  /** All its names for the kind of error. */
  codes: string;
  /** The one that may be shown. */
  code: unknown;
  param: string;
  /** Its message, for matching only: it may quote keys and prompts. */
  words: string;
}

const LONGEST_WORDS = 2_000;
const DEEPEST = 3;

/** Parses an error in any of the servers' shapes. */
export function refusalIn(told: unknown, depth = 0): ProviderRefusal {
  if (Array.isArray(told) && depth < DEEPEST) return refusalIn(told[0], depth + 1);
  if (!isRecord(told)) return { codes: "", code: undefined, param: "", words: wordsOf(told) };
  if (told.error && depth < DEEPEST) {
    const inner = refusalIn(told.error, depth + 1);
    return inner.codes === "" ? { ...inner, codes: codesOf(told) } : inner;
  }
  const { code, param, message, detail, metadata } = told;
  // OpenRouter's mark of a question that moderation refused.
  const flagged = isRecord(metadata) && "flagged_input" in metadata ? "flagged" : "";
  return {
    codes: `${codesOf(told)} ${flagged}`.trim(),
    code,
    param: typeof param === "string" ? param : "",
    words: wordsOf(message ?? detail),
  };
}

function codesOf({ code, type, status, innererror }: Record<string, unknown>): string {
  const inner = isRecord(innererror) ? innererror.code : undefined;
  return [code, type, status, inner].filter((each) => /string|number/.test(typeof each)).join(" ")
    .slice(0, 200);
}

function wordsOf(value: unknown): string {
  const words = typeof value === "string" ? value : JSON.stringify(value ?? "");
  return words.slice(0, LONGEST_WORDS);
}

const EMPTY_CODES =
  /insufficient_(quota|balance|funds?|credits?)|billing|payment_required|spend(ing)?[_-]?limit|credit_balance|out_of_credits|arrear|\b402\b/i;
const EMPTY_WORDS = /credit balance is too low|insufficient (account )?(balance|funds|credits)/i;
const FILTER_CODES =
  /content[_ -]?(filter|policy|management)|responsibleai|data_inspection|moderation|flagged|invalid_prompt|safety|sensitive|prohibited/i;
const LONG_CODES = /context_(length|window|size)|exceed_context|string_above_max|prompt_too_long/i;
const LONG_WORDS =
  /context (length|window|size)|(prompt|input|request)( is|'s)? (length |tokens? )?(too (long|large)|exceeds)|too many (input )?tokens|reduce the length/i;

/** The fault that an error tells whatever its status; null for others. */
export function faultOfCode({ codes, words }: ProviderRefusal): ProviderFault | null {
  if (EMPTY_CODES.test(codes) || EMPTY_WORDS.test(words)) return "account_empty";
  if (FILTER_CODES.test(codes)) return "filtered";
  return LONG_CODES.test(codes) || LONG_WORDS.test(words) ? "too_long" : null;
}

/** The fault of a response with this status. */
export function faultOfStatus(status: number, refusal: ProviderRefusal): ProviderFault {
  if (status === 402) return "account_empty";
  const told = status < 500 ? faultOfCode(refusal) : null;
  // Words about length in a 429 are about tokens per minute.
  if (told && !(told === "too_long" && status === 429)) return told;
  if (status === 413) return "too_long";
  if (status === 429) return "busy";
  return status >= 500 || status === 408 || status === 409 ? "down" : "refused";
}
