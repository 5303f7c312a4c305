import { checkLedger } from "@/lib/metering/ledger_check.ts";
import {
  messageStart,
  refusalEnd,
  startAnthropic,
  textBlock,
} from "@/tests/simulators/anthropic_messages.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openPhones, TUTOR } from "@/tests/support/phones.ts";
import { until } from "@/tests/support/wait.ts";

Deno.test("a withdrawn reply: the phone gets one sentence and nothing of the text, which is paid", async () => {
  const body = messageStart() + textBlock() + refusalEnd({ input_tokens: 4_000, output_tokens: 7 });
  await using claude = startAnthropic((question) => question === "How?" ? { body } : "ok");
  await using phones = await openPhones({
    env: {
      LLM_PROVIDER: "anthropic",
      ANTHROPIC_API_KEY: "sk-of-the-test",
      ANTHROPIC_BASE_URL: claude.url,
    },
  });
  const { twilio, world } = phones;
  const { store, calendar, clock } = world.deps;
  const ada = twilio.phone("+41791234567");
  const idle = () => until("all work done", async () => (await store.phones.work()).length === 0);
  await ada.says("How?");
  await idle();
  const texts = ada.texts();
  assertEquals(texts.filter((text) => /Sorry, I cannot answer that/.test(text)).length, 1);
  assert.ok(texts.every((text) => !/from the|simulator/.test(text)), texts.join("\n"));
  assertEquals(claude.requests.length, 1, "The same is not asked again");
  const [total] = await store.ledger.days("tool", TUTOR, [calendar.dayOf(clock())]);
  assertEquals([total?.held, (await checkLedger(store)).difference], [0n, null]);
  const entries = (await Array.fromAsync(store.ledger.all())).flat();
  const turns = entries.filter(({ model }) => model === "claude-haiku-5-5");
  assertEquals(turns.map(({ usd, basis }) => [usd, basis]), [[403_540n, "reported"]]);

  await ada.says("And now?");
  await idle();
  assertEquals(claude.requests.at(-1)?.body.messages, [{ role: "user", content: "And now?" }]);
  assert.match(ada.texts().at(-1) ?? "", /Hello from the simulator/);
});
