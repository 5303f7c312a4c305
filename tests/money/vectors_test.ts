import { LLMock } from "@copilotkit/aimock";
import { assertEquals } from "@/tests/support/assert.ts";
import { ask } from "@/tests/support/asking.ts";
import { openWorld } from "@/tests/support/world.ts";
import { startOpenAiBodies } from "@/tests/simulators/openai_bodies.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";

interface Vector {
  input: number;
  output: number;
  /** As OpenAI reports it; only our own simulator can. */
  details?: Record<string, number>;
  /** In nano-dollars. */
  usd: bigint;
}

/** Usage of gpt-6-luna and its cost by the published price. */
const VECTORS: Record<string, Vector> = {
  "read from the cache": {
    input: 17_903,
    details: { cached_tokens: 17_817 },
    output: 100,
    usd: 236_770n,
  },
  "written to the cache": {
    input: 2_000,
    details: { cache_write_tokens: 1_000 },
    output: 0,
    usd: 225_000n,
  },
  "the last input of the lower tier": { input: 272_000, output: 1_000, usd: 27_700_000n },
  "the first input of the higher tier": { input: 272_001, output: 1_000, usd: 55_150_200n },
};

Deno.test("a turn with gpt-6-luna is booked at its published price, to the nano-dollar", async (t) => {
  for (const [name, vector] of Object.entries(VECTORS)) {
    await t.step(name, async () => {
      await using upstream = await (vector.details ? wire(vector) : aimock(vector));
      await using world = await openWorld({
        env: {
          OPENAI_API_KEY: "sk-of-the-test",
          OPENAI_BASE_URL: upstream.url,
          LLM_DEFAULT_MODEL: "gpt-6-luna",
        },
      });
      await ask(world, "How are you?");
      const { store, calendar, clock } = world.deps;
      const [entry, ...others] = (await Array.fromAsync(store.ledger.all())).flat();
      const { input, output, usd } = vector;
      assertEquals(others, []);
      assertEquals([entry?.model, entry?.basis, entry?.usd], ["gpt-6-luna", "reported", usd]);
      assertEquals([entry?.input, entry?.output], [input, output]);
      assertEquals(entry?.cached, vector.details?.cached_tokens ?? 0);
      const [day] = await store.ledger.days("organisation", "all", [calendar.dayOf(clock())]);
      assertEquals([day?.spent, day?.held, day?.holds], [usd, 0n, 0]);
      assertEquals((await checkLedger(store)).difference, null);
    });
  }
});

const usageOf = ({ input, output, details }: Vector) => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
  ...(details ? { prompt_tokens_details: details } : {}),
});

/** A third party's simulator of OpenAI. */
async function aimock(vector: Vector) {
  const openai = new LLMock({ port: 0 });
  openai.onMessage("How are you?", { content: "Fine.", usage: usageOf(vector) });
  await openai.start();
  return { url: `${openai.url}/v1`, [Symbol.asyncDispose]: () => openai.stop() };
}

function wire(vector: Vector) {
  const content = vector.output === 0 ? "" : "Fine.";
  const chunks = [
    { choices: [{ index: 0, delta: { role: "assistant", content }, finish_reason: null }] },
    { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
    { choices: [], usage: usageOf(vector) },
  ];
  const body = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("");
  return startOpenAiBodies(() => ({ body: `${body}data: [DONE]\n\n` }));
}
