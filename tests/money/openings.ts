import type { Opening } from "@/lib/chat/turn/begin_turn.ts";

/** gpt-4o-mini's price. */
const PRICE = { input: 150_000_000n, cachedInput: 75_000_000n, output: 600_000_000n };
export const DAY = "2026-08-15";
export const NOON = Date.parse(`${DAY}T12:00:00Z`);

/** A question that is asked at noon, as the chat service would put it. */
export function openingOf(
  of: Partial<Opening> & Pick<Opening, "turn" | "process" | "visitor">,
): Opening {
  const { turn } = of;
  return {
    tool: "tool-0",
    request: turn,
    channel: "web",
    variant: null,
    // Some turns list their conversation for review, in the same settlement.
    reviewable: turn.charCodeAt(turn.length - 1) % 2 === 0,
    provider: "mock",
    simulated: true,
    now: NOON,
    day: DAY,
    dayEnds: NOON + 43_200_000,
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
    wanted: { model: "gpt-4o-mini", price: PRICE },
    cheaper: null,
    promptTokens: 100,
    inputEstimate: 25,
    replyEstimate: 300,
    maxTokens: 1_000,
    ladder: { downgradeFrom: 80, clamp: true },
    toolCeiling: null,
    organisationCeiling: null,
    sharers: [],
    percents: { person: 100, address: 100 },
    meter: null,
    ...of,
  };
}
