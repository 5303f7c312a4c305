import type { OpenSpan, Tracer } from "../platform/tracing/tracer.ts";
import { type ModelRequest, type Part, type Provider, ProviderError } from "../llm/provider.ts";
import type { ModelRef } from "../llm/rules/model_ref.ts";
import type { ModelCallFigures } from "./model_call_figures.ts";

/**
 * A provider whose calls are spans and figures, one for each model that is asked, by
 * OpenTelemetry's conventions for generative AI; without any text.
 */
export class TracedProvider implements Provider {
  constructor(
    private readonly inner: Provider,
    private readonly tracer: Tracer,
    private readonly figures: ModelCallFigures,
  ) {}

  get name() {
    return this.inner.name;
  }

  get simulated() {
    return this.inner.simulated;
  }

  get own() {
    return this.inner.own;
  }

  get others() {
    return this.inner.others;
  }

  get members() {
    return this.inner.members;
  }

  get after() {
    return this.inner.after;
  }

  get models() {
    return this.inner.models?.bind(this.inner);
  }

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<Part> {
    const first = { provider: request.provider ?? this.inner.name, model: request.model };
    let next: ModelRef | null = first;
    let call: TracedCall | null = null;
    try {
      for await (const part of this.inner.stream(request, signal)) {
        if (part.type === "attempt") {
          if (part.failed) call?.failed(part.failed.error);
          call = null;
          // Asked when the next part is requested.
          next = part.attempt;
          yield part;
          if (!signal.aborted) call = this.begin(next, request);
          continue;
        }
        call ??= this.begin(next, request);
        call.received(part);
        yield part;
      }
    } catch (error) {
      call ??= this.begin(next, request);
      call.failed(error);
      throw error;
    } finally {
      call?.end();
    }
  }

  private begin(asked: ModelRef, request: ModelRequest): TracedCall {
    const { provider, model } = asked;
    const attributes = {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": provider,
      "gen_ai.request.model": model,
      "gen_ai.request.max_tokens": request.maxTokens,
      "gen_ai.request.temperature": request.temperature,
      "gen_ai.request.stream": true,
    };
    const span = this.tracer.start(`chat ${model}`, { kind: "client", attributes });
    return new TracedCall(span, asked, this.figures);
  }
}

/** The span and the figures of one call, filled by its parts. */
class TracedCall {
  private readonly began = performance.now();
  /** Time of the last text or thinking. */
  private chunkAt: number | null = null;
  private over = false;

  constructor(
    private readonly span: OpenSpan,
    private readonly asked: ModelRef,
    private readonly figures: ModelCallFigures,
  ) {}

  received(part: Part): void {
    if (part.type === "text" || part.type === "thinking") this.chunk();
    else if (part.type === "usage") {
      const { input, cached, written, output, reasoning } = part.usage;
      this.figures.used(this.asked, "input", input);
      this.figures.used(this.asked, "output", output);
      this.span.set({
        "gen_ai.usage.input_tokens": input,
        "gen_ai.usage.cache_read.input_tokens": cached,
        "gen_ai.usage.cache_creation.input_tokens": written ?? null,
        "gen_ai.usage.output_tokens": output,
        "gen_ai.usage.reasoning.output_tokens": reasoning,
      });
    } else if (part.type === "end") {
      this.span.set({ "gen_ai.response.finish_reasons": [part.reason] });
    }
  }

  failed(error: unknown): void {
    const type = error instanceof ProviderError ? error.fault : "internal";
    this.span.set({ "error.type": type });
    this.end(type);
  }

  /** Ends the call; its first end counts. */
  end(fault: string | null = null): void {
    if (this.over) return;
    this.over = true;
    this.span.end(fault !== null);
    this.figures.ended(this.asked, (performance.now() - this.began) / 1000, fault);
  }

  private chunk(): void {
    const now = performance.now();
    if (this.chunkAt === null) {
      const seconds = (now - this.began) / 1000;
      this.span.set({ "gen_ai.response.time_to_first_chunk": seconds });
      this.figures.firstChunk(this.asked, seconds);
    } else this.figures.nextChunk(this.asked, (now - this.chunkAt) / 1000);
    this.chunkAt = now;
  }
}
