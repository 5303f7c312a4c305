import type { Usage } from "../rules/prices.ts";
import { isRecord } from "../json.ts";

/**
 * Converts a server's usage claim; null without one. Counts are as claimed, NaN when missing, and
 * may be any number. Some servers exclude thinking from the output: then the total tells.
 */
export function usageClaim(reported: unknown): Usage | null {
  if (!isRecord(reported)) return null;
  const input = number(reported.prompt_tokens ?? reported.input_tokens);
  const completion = number(reported.completion_tokens ?? reported.output_tokens);
  const beyondInput = number(reported.total_tokens) - input;
  if (Number.isNaN(input) && Number.isNaN(completion)) return null;
  const output = !Number.isFinite(beyondInput) || completion > beyondInput
    ? completion
    : beyondInput;
  const read = record(reported.prompt_tokens_details ?? reported.input_tokens_details);
  const wrote = record(reported.completion_tokens_details ?? reported.output_tokens_details);
  const cached = detail(
    read.cached_tokens ?? reported.prompt_cache_hit_tokens ?? reported.cached_tokens,
  );
  // Reported unadjusted: it may overlap with the cached input.
  const told = detail(read.cache_write_tokens);
  const written = told > 0 ? Math.max(0, Math.min(told, input - cached)) : told;
  const reasoning = detail(wrote.reasoning_tokens);
  const audio = detail(read.audio_tokens);
  return {
    input,
    cached,
    ...(written === 0 ? {} : { written }),
    output,
    reasoning,
    ...(audio === 0 ? {} : { audio }),
  };
}

/** The usage object of a chunk, in any of the servers' places. */
export function usageIn(chunk: Record<string, unknown>, choice: unknown): unknown {
  if (isRecord(chunk.usage)) return chunk.usage;
  if (isRecord(chunk.x_groq) && isRecord(chunk.x_groq.usage)) return chunk.x_groq.usage;
  return isRecord(choice) && isRecord(choice.usage) ? choice.usage : null;
}

const number = (value: unknown) => typeof value === "number" ? value : NaN;
const detail = (value: unknown) => value === undefined || value === null ? 0 : number(value);
const record = (value: unknown) => isRecord(value) ? value : {};
