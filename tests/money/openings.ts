import type { BeginTurn } from "@/lib/chat/turn/begin_turn.ts";
import { budgetsFor } from "@/lib/metering/budgets.ts";
import type { Ceilings } from "@/lib/metering/rules/shares.ts";

/** gpt-4o-mini's prices, nano-dollars per million tokens. */
const PRICE = { input: 150_000_000n, cachedInput: 75_000_000n, output: 600_000_000n };
export const DAY = "2026-08-15";
export const NOON = Date.parse(`${DAY}T12:00:00Z`);

/** A question at noon, as the chat service would pass it. */
export function openingOf(
  { ceilings = { tool: null, organisation: null }, ...of }:
    & Partial<BeginTurn>
    & Pick<BeginTurn, "turn" | "process" | "visitor">
    & { ceilings?: Ceilings },
): BeginTurn {
  const { turn, visitor, tool = "tool-0", day = DAY } = of;
  const percents = { person: 100, address: 100 };
  const month = { tool: null, organisation: null };
  const person = { day: null, month: null };
  const limits = { day: ceilings, month, percents, person, addressDay: null };
  const origin = { tool, limits, day, visitor, address: null, forSimulator: false };
  return {
    tool,
    request: turn,
    channel: "web",
    variant: null,
    // Some turns list their conversation for review in the same settlement.
    reviewable: turn.charCodeAt(turn.length - 1) % 2 === 0,
    now: NOON,
    day,
    ends: () => NOON + 43_200_000,
    seen: null,
    question: 0,
    message: {
      id: `${turn}q`,
      turn,
      role: "user",
      text: turn,
      at: NOON,
      channel: "web",
      reply: null,
    },
    wanted: { provider: "mock", model: "gpt-4o-mini", simulated: true, price: PRICE },
    cheaper: null,
    promptTokens: 100,
    inputEstimate: 25,
    replyEstimate: 300,
    maxTokens: 1_000,
    ladder: { downgradeFrom: 80, clamp: true },
    budgets: budgetsFor(origin),
    rateLimitKey: null,
    ...of,
  };
}
