import type { SettledFigures } from "../../platform/event_bus.ts";
import type { PaidCall } from "../call_records.ts";
import { costOfAttempts, lastAttempt, type Settlement } from "./call_steps.ts";

type Settled = Pick<Settlement, "cost" | "at" | "turn">;

const TOKENS = ["input", "cached", "output", "reasoning"] as const;

/** Figures of a settled call, for metrics and traces; all its attempts count. */
export function figuresOfCall(
  call: PaidCall,
  { cost, at, turn }: Settled,
  outcome: SettledFigures["outcome"] = turn?.failed ? "failed" : "answered",
): SettledFigures {
  const { provider, model } = lastAttempt(call);
  const costs = [
    ...call.attempts.flatMap((each) => each.state === "failed" ? each.cost ?? [] : []),
    ...(cost === null ? [] : [cost]),
  ];
  const [input, cached, output, reasoning] = TOKENS.map((kind) =>
    costs.reduce((sum, each) => sum + (each[kind] ?? 0), 0)
  );
  return {
    kind: call.kind,
    tool: call.tool,
    channel: call.channel,
    provider,
    model,
    outcome,
    reply: call.kind === "turn" || call.reply === true,
    startedAt: call.startedAt,
    endedAt: at,
    firstMs: turn?.waitedMs ?? null,
    attempts: call.attempts.length,
    ...costOfAttempts(call, cost),
    tokens: {
      input: input ?? 0,
      cached: cached ?? 0,
      output: output ?? 0,
      reasoning: reasoning ?? 0,
    },
  };
}
