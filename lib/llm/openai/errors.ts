import { faultOfCode, faultOfStatus, type ProviderRefusal, refusalIn } from "./refusals.ts";
import { isShortName } from "../call_failures.ts";
import { ProviderError, type ProviderFault } from "../provider.ts";
import { retryAfterMs } from "../../platform/retry_after.ts";

export async function notAnswered(response: Response, now = Date.now()): Promise<ProviderError> {
  return refused(response, await refusalOf(response), now);
}

export async function refusalOf(response: Response): Promise<ProviderRefusal> {
  const text = await response.text();
  try {
    return refusalIn(JSON.parse(text));
  } catch {
    return refusalIn(text);
  }
}

/**
 * The failure for a refusal. The server's text may quote keys and prompts, so that only its code
 * and the request's id are told.
 */
export function refused(
  { status, headers }: Pick<Response, "status" | "headers">,
  refusal: ProviderRefusal,
  now = Date.now(),
): ProviderError {
  const notes = [refusal.code, headers.get("x-request-id")].filter(isShortName)
    .map((note) => `, ${note}`);
  const fault = faultOfStatus(status, refusal);
  return new ProviderError(fault, `OpenAI answered ${status}${notes.join("")}`, {
    status,
    retryAfterMs: retryAfterMs(headers, now),
  });
}

/** The failure for invalid JSON; the parser's message would quote the reply. */
export function unreadable(generated: boolean): ProviderError {
  return new ProviderError("broken", "OpenAI sent a chunk that cannot be read", { generated });
}

/** The failure for a reply that ended by a fault of the server. */
export function failedReply(): ProviderError {
  return new ProviderError("broken", "OpenAI ended the reply with a failure", { generated: true });
}

/** The failure for a reply without text, at its limit or by a filter. */
export function wordless(reason: "length" | "filter"): ProviderError {
  return reason === "length"
    ? new ProviderError("only_thinking", "OpenAI's model spent the whole length on thinking", {
      generated: true,
    })
    : new ProviderError("filtered", "OpenAI's filter let nothing through", { generated: true });
}

/** The failure for an error within a response. */
export function inStream(error: unknown, generated: boolean): ProviderError {
  const refusal = refusalIn(error);
  const [fault, what] = streamFault(refusal);
  return new ProviderError(fault, `OpenAI reported an error within the stream${what}`, {
    generated,
  });
}

function streamFault(refusal: ProviderRefusal): [ProviderFault, string] {
  const told = faultOfCode(refusal);
  if (told) return [told, `: ${told}`];
  const { codes } = refusal;
  if (/rate_?limit|too_many|\b(429|529)\b|overloaded|resource_exhausted/i.test(codes)) {
    return ["busy", ": too many requests"];
  }
  if (/server_?error|internal|unavailable|\b5\d\d\b/i.test(codes)) {
    return ["down", ": its server failed"];
  }
  return ["broken", ""];
}
