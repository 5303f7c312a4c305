import { type ExceededLimit } from "./deadline.ts";
import { NotConnected } from "./http_pool.ts";
import { ProviderError, type ProviderFault } from "./provider.ts";
import { retryAfterMs } from "../domain/retry_after.ts";

/** The failure that an error of a call means. */
export function toProviderError(error: unknown): ProviderError {
  return error instanceof ProviderError ? error : unreachable(error);
}

/** The failure that an answer means which is no event stream: a refusal, or a 2xx of another type. */
export async function notAnswered(response: Response, now = Date.now()): Promise<ProviderError> {
  return response.ok ? notAStream(response) : refused(response, await codeIn(response), now);
}

/** The code of OpenAI's error object, if the body is one. */
async function codeIn(response: Response): Promise<unknown> {
  try {
    const { error }: { error?: { code?: unknown } } = await response.json();
    return error?.code;
  } catch {
    return undefined;
  }
}

/** The server's own text may quote keys and prompts: only its code and the request's id are told. */
function refused({ status, headers }: Response, code: unknown, now: number): ProviderError {
  const notes = [code, headers.get("x-request-id")].filter(isShortName).map((n) => `, ${n}`);
  return new ProviderError(statusFault(status), `OpenAI answered ${status}${notes.join("")}`, {
    status,
    retryAfterMs: retryAfterMs(headers, now),
  });
}

function statusFault(status: number): ProviderFault {
  if (status === 429) return "busy";
  return status >= 500 || status === 408 || status === 409 ? "down" : "refused";
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

/** The failure of a 2xx answer that is no event stream, such as a proxy's HTML page. */
function notAStream({ status, headers }: Response): ProviderError {
  const type = headers.get("content-type")?.split(";")[0]?.trim() ?? "";
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
