import { isRecord } from "../json.ts";
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
  #hour = 0;
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
    // The split of the writes comes with the start only, and may be less than all in the end.
    const hour = Math.min(this.#hour, written);
    return {
      input: fresh + cached + written,
      cached,
      ...(written === 0 ? {} : { written }),
      ...(hour > 0 ? { writtenHour: hour } : {}),
      output,
      reasoning: this.#reasoning,
    };
  }

  #take(usage: Record<string, unknown>): void {
    for (const field of FIELDS) {
      const count = usage[field];
      if (typeof count === "number") this.#counts.set(field, count);
    }
    this.#hour = countIn(usage.cache_creation, "ephemeral_1h_input_tokens") ?? this.#hour;
    this.#reasoning = countIn(usage.output_tokens_details, "thinking_tokens") ?? this.#reasoning;
  }
}

function countIn(value: unknown, name: string): number | undefined {
  const count = isRecord(value) ? value[name] : undefined;
  return typeof count === "number" ? count : undefined;
}
