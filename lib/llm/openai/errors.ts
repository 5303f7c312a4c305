import { faultOfCode, faultOfStatus, type ProviderRefusal, refusalIn } from "./refusals.ts";
import { CallFailures, isShortName } from "../call_failures.ts";
import { ProviderError, type ProviderFault } from "../provider.ts";
import { retryAfterMs } from "../../platform/retry_after.ts";

export async function refusalOf(response: Response): Promise<ProviderRefusal> {
  const text = await response.text();
  try {
    return refusalIn(JSON.parse(text));
  } catch {
    return refusalIn(text);
  }
}

/** Failures of OpenAI's protocol; messages name the company that answered. */
export class OpenAiFailures extends CallFailures {
  constructor(private readonly server: string) {
    super(server);
  }

  /**
   * The failure for a refusal. The server's text may quote keys and prompts, so that only its code
   * and the request's id are told.
   */
  refused(
    { status, headers }: Pick<Response, "status" | "headers">,
    refusal: ProviderRefusal,
    now = Date.now(),
  ): ProviderError {
    const notes = [refusal.code, headers.get("x-request-id")].filter(isShortName)
      .map((note) => `, ${note}`);
    const fault = faultOfStatus(status, refusal);
    return new ProviderError(fault, `${this.server} answered ${status}${notes.join("")}`, {
      status,
      retryAfterMs: retryAfterMs(headers, now),
    });
  }

  /** The failure for invalid JSON; the parser's message would quote the reply. */
  unreadable(generated: boolean): ProviderError {
    return new ProviderError("broken", `${this.server} sent a chunk that cannot be read`, {
      generated,
    });
  }

  /** The failure for a reply that ended by a fault of the server. */
  failedReply(): ProviderError {
    return new ProviderError("broken", `${this.server} ended the reply with a failure`, {
      generated: true,
    });
  }

  /** The failure for a reply without text, at its limit or by a filter. */
  wordless(reason: "length" | "filter"): ProviderError {
    const generated = { generated: true };
    return reason === "length"
      ? new ProviderError(
        "only_thinking",
        `${this.server}'s model spent the whole length on thinking`,
        generated,
      )
      : new ProviderError("filtered", `${this.server}'s filter let nothing through`, generated);
  }

  /** The failure for an error within a response. */
  inStream(error: unknown, generated: boolean): ProviderError {
    const refusal = refusalIn(error);
    const [fault, what] = streamFault(refusal);
    return new ProviderError(fault, `${this.server} reported an error within the stream${what}`, {
      generated,
    });
  }
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
