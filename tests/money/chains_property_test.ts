import fc from "fast-check";
import type { Breakers } from "@/lib/llm/breaker.ts";
import { fallbackChain } from "@/lib/llm/fallback_chain.ts";
import { type Part, type Provider, ProviderError } from "@/lib/llm/provider.ts";
import { costOf } from "@/lib/llm/rules/prices.ts";
import { AppError } from "@/lib/platform/errors.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { EMPTY_DAY } from "@/lib/metering/ledger.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/asking.ts";
import { openWorld, type World } from "@/tests/support/world.ts";

/*
 * Turns at once over a chain of two priced models, whatever becomes of each attempt and whoever
 * stops: one entry for each attempt that may have been billed, nothing held, no ceiling passed.
 */

const RUNS = Number(Deno.env.get("PROPERTY_RUNS") ?? 25);
const PRICES = {
  mock: { input: 150_000_000n, cachedInput: 75_000_000n, output: 600_000_000n },
  backup: { input: 300_000_000n, cachedInput: 30_000_000n, output: 1_500_000_000n },
};
const USAGE = { input: 40, cached: 0, output: 3, reasoning: 0 };
const CEILING = 9_000_000n;

/** What becomes of an attempt; those with `bill` may be billed, those with `passes` are followed. */
const FATES = {
  answered: { bill: true, passes: false },
  "claims nothing": { bill: true, passes: false },
  down: { bill: false, passes: true },
  busy: { bill: false, passes: true },
  timeout: { bill: true, passes: true },
  broken: { bill: true, passes: true },
  "claimed, then down": { bill: true, passes: true },
  refused: { bill: false, passes: false },
  filtered: { bill: true, passes: false },
  "broken after text": { bill: true, passes: false },
  hangs: { bill: true, passes: false },
} as const;
type Fate = keyof typeof FATES;

interface Asked {
  /** Fates of the first and the second model. */
  fates: Record<keyof typeof PRICES, Fate>;
  /** Milliseconds after which its person stops it; null for never. */
  stopAfter: number | null;
}

const fate = fc.constantFrom(...Object.keys(FATES) as Fate[]);
const asked = fc.record({
  fates: fc.record({ mock: fate, backup: fate }),
  stopAfter: fc.option(fc.nat(12), { freq: 3 }),
});

/** Attempts made for each question, in their order. */
type Made = Map<string, { provider: keyof typeof PRICES; fate: Fate }[]>;

function provider(name: keyof typeof PRICES, all: readonly Asked[], made: Made): Provider {
  return {
    name,
    simulated: false,
    async *stream(request, signal): AsyncGenerator<Part> {
      const question = request.messages.at(-1)?.content ?? "";
      const fate = all[Number(question.slice("question ".length))]?.fates[name] ?? "refused";
      const attempts = made.get(question) ?? [];
      made.set(question, attempts);
      attempts.push({ provider: name, fate });
      await new Promise((done) => setTimeout(done, attempts.length * 2));
      if (signal.aborted) return;
      if (fate === "hangs") {
        await new Promise((done) => signal.addEventListener("abort", done, { once: true }));
        return;
      }
      if (fate === "claimed, then down") yield { type: "usage", usage: USAGE };
      if (fate === "claimed, then down" || fate === "down") throw new ProviderError("down", name);
      if (fate === "broken after text") {
        yield { type: "text", text: "Fo" };
        throw new ProviderError("broken", name, { generated: true });
      }
      if (fate !== "answered" && fate !== "claims nothing") throw new ProviderError(fate, name);
      yield { type: "text", text: "Four." };
      if (fate === "answered") yield { type: "usage", usage: USAGE };
      yield { type: "end", reason: "stop" };
    },
  };
}

/** Asks all at once; returns the turns that began, by their questions. */
async function askAll(world: World, all: readonly Asked[]): Promise<Map<string, string>> {
  const turns = new Map<string, string>();
  await Promise.all(all.map(async ({ fates, stopAfter }, i) => {
    const visitor = `v${i}`;
    const question = `question ${i}`;
    try {
      const { turn, live } = await world.services.chat.startTurn({
        visitor,
        tool: TOOL,
        request: `chains-${i}-request`,
        channel: "web",
        action: { kind: "send", message: question },
        rateLimitKey: null,
      });
      turns.set(question, turn);
      const hangs = fates.mock === "hangs" || fates.backup === "hangs";
      const after = stopAfter ?? (hangs ? 40 : null);
      if (after !== null) {
        await live?.ended(after);
        await world.services.chat.stop(visitor, TOOL);
      }
      await live?.ended(20_000);
      assert.ok(live?.closing.length, `${question} has ended`);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }));
  return turns;
}

async function check(all: readonly Asked[]): Promise<void> {
  const made: Made = new Map();
  const priceOf = (name: string) => name === "mock" || name === "backup" ? PRICES[name] : null;
  const members = [provider("mock", all, made), provider("backup", all, made)];
  await using world = await openWorld({
    priceOf,
    provider: (breakers: Breakers) => fallbackChain(members, { priceOf, breakers }),
    env: { ORGANISATION_CEILING_USD: "0.008" },
  });
  const { store, calendar, clock } = world.deps;
  const tool = await store.tools.get(TOOL);
  assert.ok(tool);
  await store.tools.put({
    ...tool,
    model: "mock:own",
    chain: ["backup:other"],
    ceiling: CEILING,
    maxTokens: 400,
  });
  const turns = await askAll(world, all);

  const entries = (await Array.fromAsync(store.ledger.all())).flat();
  assertEquals((await checkLedger(store)).difference, null);
  const [day = EMPTY_DAY] = await store.ledger.days("tool", TOOL, [calendar.dayOf(clock())]);
  assertEquals([day.held, day.holds], [0n, 0]);
  assert.ok(day.spent <= 8_000_000n, `${day.spent} is spent`);
  for (const [question, turn] of turns) {
    const attempts = made.get(question) ?? [];
    const stopped = all[Number(question.slice("question ".length))]?.stopAfter !== null;
    const booked = entries.filter((entry) =>
      entry.turn === turn || entry.turn.startsWith(`${turn}.`)
    );
    const told = JSON.stringify([attempts, booked.map(({ turn, provider }) => [turn, provider])]);
    assert.ok(booked.length <= attempts.length, `${question} is booked too often: ${told}`);
    if (!stopped) {
      const due = attempts.filter(({ fate }) => FATES[fate].bill);
      assertEquals(
        booked.map(({ provider }) => provider).toSorted(),
        due.map(({ provider }) => provider).toSorted(),
        `${question}: ${told}`,
      );
    }
    // Every attempt but the last one passed on.
    for (const { fate } of attempts.slice(0, -1)) assert.ok(FATES[fate].passes, told);
    for (const { provider, basis, usd } of booked) {
      if (basis !== "reported") continue;
      assertEquals(usd, costOf(USAGE, provider === "mock" ? PRICES.mock : PRICES.backup));
    }
  }
}

Deno.test("Turns over a chain of two models leave one entry for each billed attempt, hold nothing and pass no ceiling", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(asked, { minLength: 1, maxLength: 30, size: "max" }), check),
    { numRuns: RUNS, endOnFailure: true },
  );
});
