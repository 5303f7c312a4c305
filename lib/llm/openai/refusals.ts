import { isRecord } from "./content.ts";
import type { ProviderFault } from "../provider.ts";

/** What an error object of OpenAI's, or of a server compatible with it, says. */
export interface ProviderRefusal {
  /** Its names for the kind of error. */
  codes: string;
  /** The one among them that may be told. */
  code: unknown;
  /** The field of the request that it is about. */
  param: string;
  /** In words: to be looked at, never to be told, for it may quote keys and prompts. */
  words: string;
}

const LONGEST_WORDS = 2_000;
const DEEPEST = 3;

/** Reads an error in any of the shapes that servers give it. */
export function refusalIn(told: unknown, depth = 0): ProviderRefusal {
  if (Array.isArray(told) && depth < DEEPEST) return refusalIn(told[0], depth + 1);
  if (!isRecord(told)) return { codes: "", code: undefined, param: "", words: wordsOf(told) };
  if (told.error && depth < DEEPEST) {
    const inner = refusalIn(told.error, depth + 1);
    return inner.codes === "" ? { ...inner, codes: codesOf(told) } : inner;
  }
  const { code, param, message, detail, metadata } = told;
  // OpenRouter says with it that a moderation refused the question.
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

/** The faults that an error tells by itself, whatever its status: null for another one. */
export function toldFault({ codes, words }: ProviderRefusal): ProviderFault | null {
  if (EMPTY_CODES.test(codes) || EMPTY_WORDS.test(words)) return "account_empty";
  if (FILTER_CODES.test(codes)) return "filtered";
  return LONG_CODES.test(codes) || LONG_WORDS.test(words) ? "too_long" : null;
}

/** The fault of an answer with this status. */
export function answeredFault(status: number, refusal: ProviderRefusal): ProviderFault {
  if (status === 402) return "account_empty";
  const told = status < 500 ? toldFault(refusal) : null;
  // Words about length in a 429 are about tokens a minute.
  if (told && !(told === "too_long" && status === 429)) return told;
  if (status === 413) return "too_long";
  if (status === 429) return "busy";
  return status >= 500 || status === 408 || status === 409 ? "down" : "refused";
}
