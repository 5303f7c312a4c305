import { isRecord } from "../openai/content.ts";
import type { Usage } from "../rules/prices.ts";

/** Fields of Anthropic's usage: input, cache reads and cache writes are disjoint. */
const FIELDS = [
  "input_tokens",
  "cache_read_input_tokens",
  "cache_creation_input_tokens",
  "output_tokens",
] as const;

/**
 * Usage of one message. The counts at its end are cumulative: each replaces the one before, none is
 * added. Those at its start say nothing of the output, so that they alone are no claim.
 */
export class MessageUsage {
  readonly #counts = new Map<(typeof FIELDS)[number], number>();
  #reasoning = 0;
  #ended = false;

  start(usage: unknown): void {
    if (isRecord(usage)) this.#take(usage);
  }

  end(usage: unknown): void {
    if (!isRecord(usage) || !FIELDS.some((field) => typeof usage[field] === "number")) return;
    this.#take(usage);
    this.#ended = true;
  }

  /** The provider's claim; null without one. Counts are as claimed, NaN when missing. */
  get claim(): Usage | null {
    if (!this.#ended) return null;
    const cached = this.#counts.get("cache_read_input_tokens") ?? 0;
    const written = this.#counts.get("cache_creation_input_tokens") ?? 0;
    const fresh = this.#counts.get("input_tokens") ?? NaN;
    const output = this.#counts.get("output_tokens") ?? NaN;
    return {
      input: fresh + cached + written,
      cached,
      ...(written === 0 ? {} : { written }),
      output,
      reasoning: this.#reasoning,
    };
  }

  #take(usage: Record<string, unknown>): void {
    for (const field of FIELDS) {
      const count = usage[field];
      if (typeof count === "number") this.#counts.set(field, count);
    }
    const details = usage.output_tokens_details;
    if (isRecord(details) && typeof details.thinking_tokens === "number") {
      this.#reasoning = details.thinking_tokens;
    }
  }
}
