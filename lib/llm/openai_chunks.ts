import { z } from "zod";
import type { Usage } from "../domain/prices.ts";
import { type Part, ProviderError } from "./provider.ts";

type EndReason = Extract<Part, { type: "end" }>["reason"];

/** Makes sense of a chat completion's chunks, one `data:` at a time. */
export class OpenAiChunks {
  #reason: EndReason | null = null;
  #usage: unknown;
  #hasText = false;
  #done = false;

  /** Whether `[DONE]` came. */
  get done(): boolean {
    return this.#done;
  }

  /** Whether the reply is whole: it told why it ended, or ended by its mark with text in it. */
  get complete(): boolean {
    return this.#reason !== null || (this.#done && this.#hasText);
  }

  /** Whether any text came. */
  get hasText(): boolean {
    return this.#hasText;
  }

  /**
   * Reads one chunk and returns its text (content or refusal; reasoning is left out).
   * @throws {ProviderError} for an error object, or what is no chunk.
   */
  read(data: string): string {
    if (this.#done) return "";
    if (data === "[DONE]") {
      this.#done = true;
      return "";
    }
    const chunk = parse(data);
    if (chunk.error !== undefined && chunk.error !== null) {
      throw inStream(chunk.error, this.#hasText);
    }
    if (chunk.usage) this.#usage = chunk.usage;
    const choices = chunk.choices;
    if (choices === undefined && chunk.usage) return "";
    if (!Array.isArray(choices)) throw unreadable();
    const choice: unknown = choices[0];
    if (choice === undefined) return "";
    if (!isRecord(choice)) throw unreadable();
    const reason = choice.finish_reason;
    if (typeof reason === "string") this.#reason = endReason(reason);
    const delta = choice.delta;
    if (delta === undefined || delta === null) return "";
    if (!isRecord(delta)) throw unreadable();
    const told = string(delta.content) + string(delta.refusal);
    if (told !== "") this.#hasText = true;
    return told;
  }

  /** The parts that end a complete reply. */
  tail(): Part[] {
    const usage = normalUsage(this.#usage);
    const end: Part = { type: "end", reason: this.#reason ?? "stop" };
    return usage ? [{ type: "usage", usage }, end] : [end];
  }
}

function parse(data: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(data);
    if (isRecord(value)) return value;
  } catch {
    // Said below; the parser's own message would quote the reply.
  }
  throw unreadable();
}

const unreadable = () => new ProviderError("broken", "OpenAI sent a chunk that cannot be read");

function endReason(reason: string): EndReason {
  if (reason === "length") return "length";
  return reason === "content_filter" ? "filter" : "stop";
}

function inStream(error: unknown, generated: boolean): ProviderError {
  const told = isRecord(error) ? [error.code, error.type, error.status].map(String).join(" ") : "";
  const message = "OpenAI reported an error within the stream";
  if (/rate_limit|429|overloaded|insufficient_quota/.test(told)) {
    return new ProviderError("busy", `${message}: too many requests`, { generated });
  }
  if (/server_error|internal|unavailable|\b5\d\d\b/.test(told)) {
    return new ProviderError("down", `${message}: its server failed`, { generated });
  }
  return new ProviderError("broken", message);
}

const tokens = z.int().min(0);
const someTokens = tokens.nullish().transform((n) => n ?? 0);

const reportedUsage = z.object({
  prompt_tokens: tokens,
  completion_tokens: tokens,
  prompt_tokens_details: z.object({ cached_tokens: someTokens, cache_write_tokens: someTokens })
    .nullish(),
  completion_tokens_details: z.object({ reasoning_tokens: someTokens }).nullish(),
});

/** The usage in our shape, or null when it was not reported or contradicts itself. */
function normalUsage(reported: unknown): Usage | null {
  const parsed = reportedUsage.safeParse(reported);
  if (!parsed.success) return null;
  const { prompt_tokens: input, completion_tokens: output } = parsed.data;
  const cached = parsed.data.prompt_tokens_details?.cached_tokens ?? 0;
  // Told "unadjusted": it may overlap with what was read.
  const told = parsed.data.prompt_tokens_details?.cache_write_tokens ?? 0;
  const written = Math.min(told, input - cached);
  const reasoning = parsed.data.completion_tokens_details?.reasoning_tokens ?? 0;
  if (cached > input || reasoning > output) return null;
  return { input, cached, ...(written > 0 ? { written } : {}), output, reasoning };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const string = (value: unknown) => typeof value === "string" ? value : "";
