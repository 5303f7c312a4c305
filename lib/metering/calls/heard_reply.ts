import { causeOf } from "../../platform/errors.ts";
import { type ModelRequest, type Provider, ProviderError } from "../../llm/provider.ts";
import type { Usage } from "../../llm/rules/prices.ts";

/** Most UTF-16 units of a reply: a server that never ends must not fill the memory. */
const LONGEST_REPLY = 100_000;

/** A reply as a whole, read for a call outside of conversations. */
export interface HeardReply {
  text: string;
  /** Bytes of hidden thinking. */
  thinking: number;
  claim: Usage | null;
  reason: "stop" | "length" | "filter" | null;
  /** Whether it is no complete answer. */
  failed: boolean;
  /** Whether it may have been billed. */
  spent: boolean;
  error: string | null;
}

/** Reads one model's reply to its end; a failure is part of the result, and never thrown. */
export async function hearReply(
  provider: Pick<Provider, "stream">,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<HeardReply> {
  const heard: HeardReply = {
    text: "",
    thinking: 0,
    claim: null,
    reason: null,
    failed: false,
    spent: true,
    error: null,
  };
  try {
    for await (const part of provider.stream({ ...request, successors: [] }, signal)) {
      if (part.type === "text") heard.text += part.text;
      else if (part.type === "thinking") heard.thinking += part.bytes;
      else if (part.type === "usage") heard.claim = part.usage;
      else if (part.type === "end") heard.reason = part.reason;
      if (heard.text.length > LONGEST_REPLY) break;
    }
    heard.failed = heard.reason !== "stop" && heard.reason !== "length";
  } catch (error) {
    heard.error = causeOf(error);
    heard.failed = true;
    const maySpend = error instanceof ProviderError ? error.maySpend : true;
    heard.spent = maySpend || heard.text !== "" || heard.claim !== null;
  }
  if (heard.text.trim() === "") heard.failed = true;
  return heard;
}
