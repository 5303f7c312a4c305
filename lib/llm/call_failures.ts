import { NotConnected } from "../platform/http_client.ts";
import type { ExceededLimit } from "./deadline.ts";
import { ProviderError } from "./provider.ts";

/** Failures of a call itself, whatever the provider's protocol; messages name the company. */
export class CallFailures {
  constructor(private readonly company: string) {}

  /** The failure for an error of a call. */
  of(error: unknown): ProviderError {
    if (error instanceof ProviderError) return error;
    const code = errorCode(error);
    const why = isShortName(code) ? ` (${code})` : "";
    return causesOf(error).some((cause) => cause instanceof NotConnected)
      ? new ProviderError("down", `No connection to ${this.company}${why}`, { cause: error })
      : new ProviderError(
        "broken",
        `The connection to ${this.company} was lost before an answer${why}`,
        {
          cause: error,
        },
      );
  }

  /** The failure for an exceeded time limit. */
  late(limit: ExceededLimit, generated: boolean): ProviderError {
    const what = {
      first: "sent no first token",
      idle: "sent nothing more",
      total: "did not end its reply",
    };
    return new ProviderError("timeout", `${this.company} ${what[limit]} within the time limit`, {
      generated,
    });
  }

  /** The failure for a response that ended before its end mark. */
  cut(generated: boolean): ProviderError {
    return new ProviderError("broken", `${this.company}'s stream ended before its end mark`, {
      generated,
    });
  }

  /** The failure for a 2xx response that is neither stream nor JSON, such as a proxy's page. */
  notAStream(status: number, contentType: string): ProviderError {
    const type = contentType.split(";")[0]?.trim() ?? "";
    const what = /^[\w.+-]{1,40}\/[\w.+-]{1,60}$/.test(type) ? type : "another type";
    const message = `${this.company} answered ${status} with ${what}, not an event stream`;
    return new ProviderError("broken", message, { status });
  }

  /** The failure for a response longer than any reply. */
  tooLong(): ProviderError {
    return new ProviderError("broken", `${this.company}'s stream is longer than any reply`);
  }
}

/** Whether a provider's text is a short name, which cannot quote keys or prompts. */
export function isShortName(text: unknown): text is string {
  return typeof text === "string" && /^[\w-]{1,80}$/.test(text);
}

/** The `code` of an error or of one of its causes. */
function errorCode(error: unknown): string | undefined {
  for (const cause of causesOf(error)) {
    if ("code" in cause && typeof cause.code === "string") return cause.code;
  }
  return undefined;
}

function causesOf(error: unknown): Error[] {
  const causes: Error[] = [];
  for (; causes.length < 4 && error instanceof Error; error = error.cause) causes.push(error);
  return causes;
}
