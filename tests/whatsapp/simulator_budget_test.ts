import { meteringKeys } from "@/lib/metering/records.ts";
import { countedOf } from "@/lib/metering/ledger.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { SIMULATOR_CEILING } from "@/lib/metering/budgets.ts";
import { startOpenAiSenses } from "@/tests/simulators/openai_senses.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openPhones, TUTOR } from "@/tests/support/phones.ts";
import { until } from "@/tests/support/wait.ts";

const ADMIN = "ada@example.org";
/** Usage of a few dozen cents per reply at gpt-4o-mini's price. */
const DEAR = { prompt: 100, completion: 4_000 };

/** The program with a provider that counts as real, and an admin's phone. */
async function open(env: Record<string, string> = {}) {
  const openai = startOpenAiSenses();
  const phones = await openPhones({
    env: { OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: openai.url, ...env },
  });
  const { world } = phones;
  const { store, calendar, clock } = world.deps;
  const today = async (scope: "tool" | "organisation", name: string) => {
    const [total] = await store.ledger.days(scope, name, [calendar.dayOf(clock())]);
    assert.ok(total);
    return total;
  };
  return {
    ...phones,
    openai,
    today,
    says: (text: string) => world.services.simulator.say(ADMIN, [text]),
    lines: async () => (await world.services.simulator.view(ADMIN)).lines,
    asksOnTheWeb: async () => {
      const { live } = await world.services.chat.startTurn({
        visitor: crypto.randomUUID(),
        tool: TUTOR,
        request: crypto.randomUUID(),
        channel: "web",
        action: { kind: "send", message: "What is a prime?" },
        rateLimitKey: null,
      });
      await live?.ended(10_000);
    },
    [Symbol.asyncDispose]: async () => {
      await phones[Symbol.asyncDispose]();
      await openai[Symbol.asyncDispose]();
    },
  };
}

Deno.test("admins' simulations are booked and shown, and use nothing of people's ceilings", async () => {
  await using all = await open();
  const { world, openai, today, says } = all;
  const { store } = world.deps;
  const tool = await store.tools.get(TUTOR);
  assert.ok(tool);
  await store.tools.put({ ...tool, ceiling: 10_000_000n });
  await new Promise((done) => setTimeout(done, 1_100));
  Object.assign(openai.usage, DEAR);
  for (let i = 0; i < 6; i++) await says(`Question ${i}: what is a prime number?`);
  assertEquals(openai.asked.length, 6);
  const day = await today("tool", TUTOR);
  assert.ok(day.spent > 10_000_000n, `${day.spent}`);
  assertEquals([countedOf(day), day.held, day.holds], [0n, 0n, 0]);
  assertEquals(countedOf(await today("organisation", "all")), 0n);
  const { budget } = await world.services.simulator.view(ADMIN);
  const entries = (await Array.fromAsync(store.ledger.all())).flat();
  const replies = entries.filter(({ provider }) => provider === "openai");
  assertEquals(replies.length, 6);
  assertEquals(budget.used, replies.reduce((sum, { usd }) => sum + usd, 0n));
  Object.assign(openai.usage, { prompt: 100, completion: 5 });
  await all.asksOnTheWeb();
  assert.ok(countedOf(await today("tool", TUTOR)) > 0n);
  const { tools } = await world.services.dashboard();
  assertEquals(tools.find(({ id }) => id === TUTOR)?.percent, 0);
  assertEquals((await checkLedger(store)).difference, null);
});

Deno.test("simulated phones stop at a daily budget of their own, and people go on", async () => {
  await using all = await open();
  const { world, openai, says, lines } = all;
  const { store, calendar, clock } = world.deps;
  await says("What is a prime number?");
  const day = calendar.dayOf(clock());
  const { used } = (await world.services.simulator.view(ADMIN)).budget;
  const share = meteringKeys.personShare("(simulator)");
  await store.transactions.run([share], (tx) => {
    const kept = tx.get(share);
    assert.ok(kept?.day === day && kept.all.spent === used);
    tx.set(share, { ...kept, all: { spent: SIMULATOR_CEILING, held: 0n } });
  });
  const asked = openai.asked.length;
  await says("And what is a number?");
  assertEquals(openai.asked.length, asked);
  const said = await until("the refusal", async () => {
    const last = (await lines()).findLast(({ from }) => from === "bot");
    return last && /budget is used up/.test(last.text) ? last.text : null;
  });
  assert.ok(said);
  await all.asksOnTheWeb();
  assertEquals(openai.asked.length, asked + 1);
  assertEquals((await checkLedger(store)).difference, null);
});

Deno.test("a simulated phone is answered even when people's ceilings are used up", async () => {
  await using all = await open({ ORGANISATION_CEILING_USD: "0.01" });
  const { openai, says, today } = all;
  openai.usage.completion = 40_000;
  await all.asksOnTheWeb().catch(() => {});
  openai.usage.completion = 5;
  const { asked } = openai;
  const before = asked.length;
  await says("What is a prime number?");
  assertEquals(asked.length, before + 1);
  assertEquals((await today("organisation", "all")).held, 0n);
});
