import type { ErrorType } from "@anthropic-ai/sdk/resources/shared";
import { isShortName } from "../call_failures.ts";
import { isRecord, parseJson } from "../json.ts";
import { ProviderError, type ProviderFault } from "../provider.ts";
import { retryAfterMs } from "../../platform/retry_after.ts";

/** An error of Anthropic's API, parsed. */
export interface AnthropicRefusal {
  type: string;
  /** Stable name of its cause (`details.error_code`), if any. */
  code: string;
  /** For matching only: it may quote keys and prompts. */
  words: string;
}

/** Errors by their type; others by their status. */
const TYPES: ReadonlyMap<string, ProviderFault> = new Map(
  Object.entries(
    {
      billing_error: "account_empty",
      rate_limit_error: "busy",
      overloaded_error: "busy",
      timeout_error: "down",
      api_error: "down",
      request_too_large: "too_long",
    } as const satisfies Partial<Record<ErrorType | "request_too_large", ProviderFault>>,
  ),
);
/** The code of a limit that ends with the month, without a retry-after. */
const MONTHLY = "enforced_spend_limit_reached";
const CODES: ReadonlyMap<string, ProviderFault> = new Map([
  ["contract_spend_limit_reached", "account_empty"],
  [MONTHLY, "account_empty"],
  ["linked_organization_billing_unavailable", "account_empty"],
  ["linked_organization_spend_limit_reached", "account_empty"],
  ["request_body_too_large_after_decoding", "too_long"],
]);
/** Causes that have no code of their own: a limit set by the organisation, and the prompt's length. */
const WORDS: readonly [RegExp, ProviderFault][] = [
  [/credit balance is too low|specified (workspace )?api usage limits/i, "account_empty"],
  [/prompt is too long|exceeds? (the )?context (window|limit)/i, "too_long"],
];
const LONGEST_WORDS = 2_000;

export async function anthropicRefusal(response: Response): Promise<AnthropicRefusal> {
  return parsed(parseJson(await response.text()));
}

/** Parses an error object, in an answer or an event. */
function parsed(value: unknown): AnthropicRefusal {
  const error = isRecord(value) ? value.error : null;
  if (!isRecord(error)) return { type: "", code: "", words: "" };
  const code = isRecord(error.details) ? error.details.error_code : "";
  return {
    type: typeof error.type === "string" ? error.type : "",
    code: typeof code === "string" ? code : "",
    words: typeof error.message === "string" ? error.message.slice(0, LONGEST_WORDS) : "",
  };
}

/**
 * The failure for a refused request. Only the error's names and the request's id are told, since its
 * text may quote keys and prompts.
 */
export function refusedRequest(
  { status, headers }: Pick<Response, "status" | "headers">,
  refusal: AnthropicRefusal,
  now = Date.now(),
): ProviderError {
  const { type, code } = refusal;
  const notes = [code || type, headers.get("request-id")].filter(isShortName)
    .map((note) => `, ${note}`);
  const fault = faultOf(status, refusal);
  return new ProviderError(fault, `Anthropic answered ${status}${notes.join("")}`, {
    status,
    retryAfterMs: code === MONTHLY ? untilNextMonth(now) : retryAfterMs(headers, now),
  });
}

/** Until the first of the next month in UTC, in ms. */
function untilNextMonth(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) - now;
}

function faultOf(status: number, refusal: AnthropicRefusal): ProviderFault {
  const known = knownFault(refusal);
  if (known) return known;
  if (status === 402) return "account_empty";
  if (status === 413) return "too_long";
  if (status === 429 || status === 529) return "busy";
  return status >= 500 || status === 408 || status === 409 ? "down" : "refused";
}

function knownFault({ type, code, words }: AnthropicRefusal): ProviderFault | undefined {
  const byName = CODES.get(code) ?? TYPES.get(type);
  return byName ?? (code === "" ? WORDS.find(([pattern]) => pattern.test(words))?.[1] : undefined);
}

/** The failure for an error within a response. */
export function inMessage(error: unknown, generated: boolean): ProviderError {
  const refusal = parsed(error);
  const name = refusal.code || refusal.type;
  const what = isShortName(name) ? `: ${name}` : "";
  const fault = knownFault(refusal) ?? "broken";
  return new ProviderError(fault, `Anthropic reported an error within the stream${what}`, {
    generated,
  });
}

/** The failure for invalid JSON; the parser's message would quote the reply. */
export function unreadableEvent(generated: boolean): ProviderError {
  return new ProviderError("broken", "Anthropic sent an event that cannot be read", { generated });
}

/** The failure for a reply that a safety classifier stopped, before its text or within. */
export function refusedReply(category: unknown, hasText: boolean): ProviderError {
  const why = isShortName(category) ? ` (${category})` : "";
  return hasText
    ? new ProviderError("withdrawn", `Anthropic withdrew the reply${why}`, { generated: true })
    : new ProviderError("filtered", `Anthropic refused to reply${why}`, { generated: true });
}

/** The failure for a reply whose whole length was spent on thinking. */
export function wordlessReply(): ProviderError {
  return new ProviderError(
    "only_thinking",
    "Anthropic's model spent the whole length on thinking",
    { generated: true },
  );
}

/** The failure for a context that the prompt, or the thinking after it, filled. */
export function tooLongPrompt(): ProviderError {
  return new ProviderError("too_long", "The model's context left no room for a reply", {
    generated: true,
  });
}
