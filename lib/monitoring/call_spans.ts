import type { EventBus } from "../platform/event_bus.ts";
import type { Tracer } from "../platform/tracing/tracer.ts";
import { NANO_PER_USD } from "../shared/money.ts";

/** Makes a span of each settled call, with its cost; the models' calls are beside it. */
export function traceCalls(bus: EventBus, tracer: Tracer): void {
  bus.subscribe("CallSettled", (call) => {
    const { tool, channel, outcome, basis, tokens, attempts, firstMs } = call;
    tracer.add({
      name: call.reply ? "obt.reply" : "obt.call",
      startedMs: call.startedAt,
      endedMs: Math.max(call.startedAt, call.endedAt),
      failed: outcome === "failed",
      attributes: {
        "obt.tool": tool,
        "obt.channel": channel,
        "obt.outcome": outcome,
        "obt.cost.usd": Number(call.usd) / Number(NANO_PER_USD),
        "obt.cost.basis": basis,
        "obt.attempts": attempts,
        "obt.first_text.seconds": firstMs === null ? null : firstMs / 1000,
        "gen_ai.provider.name": call.provider,
        "gen_ai.request.model": call.model,
        "gen_ai.usage.input_tokens": tokens.input,
        "gen_ai.usage.output_tokens": tokens.output,
      },
    });
  });
}
