import { type ExceededLimit } from "../deadline.ts";
import { NotConnected } from "../../platform/http_client.ts";
import { answeredFault, type Refusal, refusalIn, toldFault } from "./refusals.ts";
import { ProviderError, type ProviderFault } from "../provider.ts";
import { retryAfterMs } from "../../platform/retry_after.ts";

/** The failure that an error of a call means. */
export function toProviderError(error: unknown): ProviderError {
  return error instanceof ProviderError ? error : unreachable(error);
}

/** The failure that a refusal means. */
export async function notAnswered(response: Response, now = Date.now()): Promise<ProviderError> {
  return refused(response, await refusalOf(response), now);
}

/** What an answer that is a refusal says. */
export async function refusalOf(response: Response): Promise<Refusal> {
  const text = await response.text();
  try {
    return refusalIn(JSON.parse(text));
  } catch {
    return refusalIn(text);
  }
}

/** The server's own text may quote keys and prompts: only its code and the request's id are told. */
export function refused(
  { status, headers }: Pick<Response, "status" | "headers">,
  refusal: Refusal,
  now = Date.now(),
): ProviderError {
  const notes = [refusal.code, headers.get("x-request-id")].filter(isShortName)
    .map((note) => `, ${note}`);
  const fault = answeredFault(status, refusal);
  return new ProviderError(fault, `OpenAI answered ${status}${notes.join("")}`, {
    status,
    retryAfterMs: retryAfterMs(headers, now),
  });
}

function unreachable(error: unknown): ProviderError {
  const code = errorCode(error);
  const why = isShortName(code) ? ` (${code})` : "";
  if (causesOf(error).some((cause) => cause instanceof NotConnected)) {
    return new ProviderError("down", `No connection to OpenAI${why}`, { cause: error });
  }
  return new ProviderError("broken", `The connection to OpenAI was lost before an answer${why}`, {
    cause: error,
  });
}

/** The failure that an exceeded time limit means. */
export function late(limit: ExceededLimit, generated: boolean): ProviderError {
  const what = {
    first: "sent no first token",
    idle: "sent nothing more",
    total: "did not end its reply",
  };
  return new ProviderError("timeout", `OpenAI ${what[limit]} within the time limit`, { generated });
}

/** The failure of an answer that ended before its end mark. */
export function cut(generated: boolean): ProviderError {
  return new ProviderError("broken", "OpenAI's stream ended before its end mark", { generated });
}

/** The failure of a 2xx answer that is neither an event stream nor JSON, such as a proxy's HTML page. */
export function notAStream(status: number, contentType: string): ProviderError {
  const type = contentType.split(";")[0]?.trim() ?? "";
  const what = /^[\w.+-]{1,40}\/[\w.+-]{1,60}$/.test(type) ? type : "another type";
  return new ProviderError(
    "broken",
    `OpenAI answered ${status} with ${what}, not an event stream`,
    {
      status,
    },
  );
}

/** The failure of an answer that is longer than any reply. */
export function tooLong(): ProviderError {
  return new ProviderError("broken", "OpenAI's stream is longer than any reply");
}

/** The failure of a chunk that is no JSON; the parser's own message would quote the reply. */
export function unreadable(generated: boolean): ProviderError {
  return new ProviderError("broken", "OpenAI sent a chunk that cannot be read", { generated });
}

/** The failure of a reply that ended for a reason that is a fault of the server. */
export function failedReply(): ProviderError {
  return new ProviderError("broken", "OpenAI ended the reply with a failure", { generated: true });
}

/** The failure of a reply without a word in it, at its limit or by a filter. */
export function wordless(reason: "length" | "filter"): ProviderError {
  return reason === "length"
    ? new ProviderError("only_thinking", "OpenAI's model spent the whole length on thinking", {
      generated: true,
    })
    : new ProviderError("filtered", "OpenAI's filter let nothing through", { generated: true });
}

/** The failure that an error within an answer means. */
export function inStream(error: unknown, generated: boolean): ProviderError {
  const refusal = refusalIn(error);
  const [fault, what] = streamFault(refusal);
  return new ProviderError(fault, `OpenAI reported an error within the stream${what}`, {
    generated,
  });
}

function streamFault(refusal: Refusal): [ProviderFault, string] {
  const told = toldFault(refusal);
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

/** The `code` of an error, or of what caused it. */
function errorCode(error: unknown): string | undefined {
  for (const cause of causesOf(error)) {
    if ("code" in cause && typeof cause.code === "string") return cause.code;
  }
  return undefined;
}

/** An error, what caused it, and what caused that. */
function causesOf(error: unknown): Error[] {
  const causes: Error[] = [];
  for (; causes.length < 4 && error instanceof Error; error = error.cause) causes.push(error);
  return causes;
}

const isShortName = (text: unknown): text is string =>
  typeof text === "string" && /^[\w-]{1,80}$/.test(text);
