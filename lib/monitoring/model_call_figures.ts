import { MODEL_CALL_HELP } from "../locales/admin/metrics.ts";
import { Distributions } from "../platform/counts.ts";
import type { OtlpHistogram } from "../platform/tracing/otlp_metrics.ts";
import type { ModelRef } from "../llm/rules/model_ref.ts";

const LABELS = ["gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model"] as const;
/** Most combinations of labels; further ones are `other`. */
const MOST = 100;

// The bounds that the conventions name.
const DURATION = Array.from({ length: 14 }, (_, n) => 2 ** n / 100);
const FIRST_CHUNK = [
  ...[0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1],
  ...[0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
];
const NEXT_CHUNK = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5];
const TOKENS = Array.from({ length: 14 }, (_, n) => 4 ** n);

/**
 * Figures of this process's calls of models, by OpenTelemetry's conventions for generative AI; all
 * times in seconds.
 */
export class ModelCallFigures {
  private readonly durations = new Distributions([...LABELS, "error.type"], DURATION, MOST);
  private readonly firsts = new Distributions(LABELS, FIRST_CHUNK, MOST);
  private readonly chunks = new Distributions(LABELS, NEXT_CHUNK, MOST);
  private readonly tokens = new Distributions([...LABELS, "gen_ai.token.type"], TOKENS, MOST);

  /** @param changed called for each ended call */
  constructor(private readonly changed: () => void) {}

  /** @param fault why it failed; null when it did not */
  ended(model: ModelRef, seconds: number, fault: string | null): void {
    this.durations.add([...labelsOf(model), fault ?? ""], seconds);
    this.changed();
  }

  firstChunk(model: ModelRef, seconds: number): void {
    this.firsts.add(labelsOf(model), seconds);
  }

  nextChunk(model: ModelRef, seconds: number): void {
    this.chunks.add(labelsOf(model), seconds);
  }

  used(model: ModelRef, type: "input" | "output", tokens: number): void {
    this.tokens.add([...labelsOf(model), type], tokens);
  }

  histograms(): OtlpHistogram[] {
    const client = (name: keyof typeof MODEL_CALL_HELP, unit: string, from: Distributions) => ({
      name: `gen_ai.client.${name}`,
      unit,
      description: MODEL_CALL_HELP[name],
      values: from.values(),
    });
    return [
      client("operation.duration", "s", this.durations),
      client("operation.time_to_first_chunk", "s", this.firsts),
      client("operation.time_per_output_chunk", "s", this.chunks),
      client("token.usage", "{token}", this.tokens),
    ];
  }
}

function labelsOf({ provider, model }: ModelRef): string[] {
  return ["chat", provider, model];
}
