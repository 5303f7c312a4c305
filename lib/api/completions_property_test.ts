import fc from "fast-check";
import { AppError } from "@/lib/platform/errors.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { RunningCalls } from "@/lib/metering/calls/running_calls.ts";
import { meteringKeys } from "@/lib/metering/records.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openWorld } from "@/tests/support/world.ts";
import { parseCompletion } from "./rules/completion_request.ts";

const RUNS = Number(Deno.env.get("PROPERTY_RUNS") ?? 15);
const NOON = Date.parse("2026-08-15T12:00:00Z");
const TOOL = "recipe-helper";
const DAY_LIMIT = 3_000_000n;

const directive = fc.constantFrom(
  "",
  "[[mock:error=500]]",
  "[[mock:error=400]]",
  "[[mock:cut]]",
  "[[mock:nousage]]",
  "[[mock:tokens=40]]",
  "[[mock:pace=1]]",
);
const request = fc.record({
  words: directive,
  maxTokens: fc.integer({ min: 1, max: 900 }),
  /** Leaves after so many milliseconds; null stays. */
  leaves: fc.option(fc.nat(20)),
  stop: fc.constantFrom("the", "never said"),
});

Deno.test("no request's hold leaks, no budget is passed and the ledger is exact, whatever becomes of the requests", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 12 }), async (requests) => {
      await using world = await openWorld({ clock: () => NOON });
      const { deps, services: { api } } = world;
      const id = api.keys.newId();
      const text = await api.keys.make("ada@example.org", id, {
        name: "Website",
        tools: null,
        rate: 1_000,
        day: DAY_LIMIT,
        month: null,
        expires: null,
      });
      await Promise.all(requests.map(async ({ words, maxTokens, leaves, stop }) => {
        const caller = await api.keyCheck.caller(`Bearer ${text}`, "192.0.2.1");
        const asked = parseCompletion({
          model: TOOL,
          messages: [{ role: "user", content: `Tell me of bread ${words}` }],
          max_tokens: maxTokens,
          stop,
        });
        try {
          const { run } = await api.completions.start(caller, asked);
          if (leaves !== null) setTimeout(() => run.stop(), leaves);
          await run.done;
        } catch (error) {
          assert.ok(error instanceof AppError && error.kind === "over_budget", String(error));
        }
      }));
      const { store } = deps;
      const records = ["2026-08-15", "2026-08"].map((window) =>
        meteringKeys.budget(window, "api_key", id, "")
      );
      const entries = (await Array.fromAsync(store.ledger.all())).flat();
      const spent = entries.reduce((sum, { usd }) => sum + usd, 0n);
      for (const { value } of await store.kv.getMany(records)) {
        assertEquals(value ?? { spent: 0n, held: 0n }, { spent, held: 0n });
      }
      assert.ok(spent <= DAY_LIMIT);
      assert.ok(entries.every(({ key, channel }) => key === id && channel === "api"));
      const [day] = await store.ledger.days("tool", TOOL, ["2026-08-15"]);
      assertEquals([day?.held ?? 0n, day?.holds ?? 0], [0n, 0]);
      assertEquals((await new RunningCalls(store).of(store.processes.self)).length, 0);
      assertEquals((await checkLedger(store)).difference, null);
      // Nothing of a conversation is stored.
      for (const family of ["head", "message", "branch", "progress", "archive"]) {
        const rows = await store.kv.list({ prefix: [family] }, () => {
          throw new Error(`A record of ${family}`);
        });
        assertEquals(rows, []);
      }
    }),
    { numRuns: RUNS },
  );
});
