/** Why a reply ended: normally, at its limit, by a filter, or by a server fault. */
export type Finish = "stop" | "length" | "filter" | "failure";

const STOPS = new Set(
  ("stop stopped stop_sequence end end_turn eos eos_token eos_found finish finished complete " +
    "completed done normal tool_call tool_calls tool_use function_call").split(" "),
);
const PATTERNS: readonly [RegExp, Finish][] = [
  [
    /filter|safety|recitation|blocklist|blocked|prohibited|spii|sensitive|moderat|guardrail|policy|refus/,
    "filter",
  ],
  [/error|fail|abort|cancel|malformed|timeout|time_limit|unavailable|system_resource/, "failure"],
  [/length|max_.*tokens?|tokens?_limit|token_budget|context_window/, "length"],
];

/**
 * Normalises a `finish_reason` in any server's spelling; null for an empty or unknown one, which
 * some servers put into every chunk.
 */
export function finishOf(reason: unknown): Finish | null {
  if (typeof reason !== "string" || reason === "") return null;
  const name = reason.slice(0, 80).replace(/([a-z])(?=[A-Z])/g, "$1_").toLowerCase()
    .replaceAll(/[^a-z]+/g, "_").replace(/^_?(finish_?reason_)?/, "");
  if (STOPS.has(name)) return "stop";
  return PATTERNS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
