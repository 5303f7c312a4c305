import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ask, repliesOf } from "@/tests/support/asking.ts";
import { openWorld } from "@/tests/support/world.ts";
import { startOpenAiBodies } from "@/tests/simulators/openai_bodies.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";

const CHUNKS = [
  { choices: [{ index: 0, delta: { reasoning_content: "They greet." }, finish_reason: null }] },
  { choices: [{ index: 0, delta: { content: "Hello." }, finish_reason: "stop" }] },
  { choices: [], usage: { prompt_tokens: 300, completion_tokens: 9, total_tokens: 309 } },
];
const BODY = CHUNKS.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("") +
  "data: [DONE]\n\n";

Deno.test("a server of one's own is set up by its address alone, and answers for nothing under any ceiling", async () => {
  await using server = startOpenAiBodies(() => ({ body: BODY }));
  await using world = await openWorld({
    env: {
      LLM_COMPATIBLE: `ollama=${new URL(server.url).origin}`,
      LLM_DEFAULT_MODEL: "llama3.2",
      ORGANISATION_CEILING_USD: "0",
    },
  });
  await ask(world, "Good morning");
  const [reply] = await repliesOf(world);
  assertEquals([reply?.text, reply?.reply?.simulated], ["Hello.", false]);
  const { store } = world.deps;
  const [entry, ...others] = (await Array.fromAsync(store.ledger.all())).flat();
  assertEquals(others, []);
  assertEquals(
    [entry?.provider, entry?.model, entry?.usd, entry?.input, entry?.output, entry?.basis],
    ["ollama", "llama3.2", 0n, 300, 9, "reported"],
  );
  assertEquals((await checkLedger(store)).difference, null);
  const [request] = server.requests;
  assertEquals([request?.path, request?.headers.has("authorization")], [
    "/v1/chat/completions",
    false,
  ]);
});

Deno.test("a server elsewhere is not asked before its model has a price", async () => {
  await using world = await openWorld({
    env: { LLM_COMPATIBLE: "far=https://llm.invalid/v1", LLM_DEFAULT_MODEL: "mystery-1" },
  });
  const { catalogue, store, clock } = world.deps;
  let refused = "";
  await ask(world, "Good morning").catch((error: Error) => refused = error.message);
  assert.match(refused, /model\.unpriced/);
  const tokens = { input: 1n, cachedInput: 1n, output: 1n };
  await store.customPrices.set("far", "mystery-1", { from: 0, tokens, unit: null });
  await store.customPrices.refresh(clock());
  assertEquals(catalogue.priceOf("far", "mystery-1"), tokens);
});
