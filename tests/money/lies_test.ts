import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ask, repliesOf, TOOL } from "@/tests/support/asking.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { type OpenAiLies, startOpenAiLies } from "@/tests/simulators/openai_lies.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { chatKeys } from "@/lib/chat/records.ts";
import { type LedgerEntry, meteringKeys } from "@/lib/metering/records.ts";
import { LONGEST_TEXT } from "@/lib/llm/rules/reply_text.ts";

/* Reported usage against received text: at the wire, with real books. */

const HELLO = ["Hello", " from", " the", " sim", "."];

function worldOf(openai: OpenAiLies, path?: string): Promise<World> {
  const env = { LLM_PROVIDER: "openai", OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: openai.url };
  return openWorld({ env, path });
}

async function booksOf({ deps: { store, calendar, clock } }: World) {
  const day = calendar.dayOf(clock());
  const [total] = await store.ledger.days("organisation", "all", [day]);
  const entries: LedgerEntry[] = (await Array.fromAsync(store.ledger.all())).flat();
  assertEquals((await checkLedger(store)).difference, null);
  assertEquals([total?.held, total?.holds], [0n, 0], "Nothing is held");
  const faults = (await store.alerts.ofDay(day)).flatMap(({ alert }) =>
    alert.scope === "fault" ? [`${alert.code} ${alert.name} ${alert.params.booked}`] : []
  );
  return { spent: total?.spent ?? 0n, entries, last: entries.at(-1), faults };
}

async function failureOf({ deps: { store } }: World, visitor: string) {
  return (await store.conversations.head(visitor, TOOL))?.last?.failure?.code ?? null;
}

/** Questions of one length, so that each has the same hold. */
const asking = (name: string) => name.padEnd(40, "?");

/** The hold of a question to this world's tool. */
async function holdOf(openai: OpenAiLies): Promise<bigint> {
  openai.tell("impossible", {
    deltas: HELLO,
    usage: '{"prompt_tokens":1e12,"completion_tokens":5}',
  });
  await using world = await worldOf(openai);
  await ask(world, asking("impossible"));
  return (await booksOf(world)).spent;
}

Deno.test("Replies: impossible figures are not booked as reported, and an administrator is told", async (t) => {
  await using openai = startOpenAiLies();
  const lies = {
    zeros: '{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}',
    "no input": '{"prompt_tokens":0,"completion_tokens":5}',
    "input 10^12": '{"prompt_tokens":1000000000000,"completion_tokens":5}',
    "output 10^12": '{"prompt_tokens":100,"completion_tokens":1000000000000}',
    "above the context": '{"prompt_tokens":2000000,"completion_tokens":5}',
  };
  const hold = await holdOf(openai);
  assert.ok(hold > 0n && hold < 5_000_000n, `${hold}`);
  for (const [name, usage] of Object.entries(lies)) {
    await t.step(name, async () => {
      openai.tell(name, { deltas: HELLO, usage });
      await using world = await worldOf(openai);
      await ask(world, asking(name));
      const { entries, last, spent, faults } = await booksOf(world);
      assertEquals([entries.length, last?.basis, last?.disbelieved], [1, "estimated", true]);
      assert.ok(spent > 0n && spent <= hold, `${spent} of ${hold}`);
      const booked = name === "zeros" || name === "no input" ? "estimate" : "hold";
      if (booked === "hold") assertEquals(spent, hold);
      assertEquals(faults, [`usage_not_believed gpt-6-luna (openai) ${booked}`]);
      assert.ok(
        world.logged.some(({ level, message }) => level === "error" && message === "Alert"),
      );
      const [reply] = await repliesOf(world);
      assertEquals([reply?.text, reply?.reply?.basis], ["Hello from the sim.", "estimated"]);
    });
  }
});

Deno.test("Replies: possible usage above the hold is booked in full, with one alert a day", async () => {
  await using openai = startOpenAiLies();
  openai.tell("more", { deltas: HELLO, usage: '{"prompt_tokens":100000,"completion_tokens":5}' });
  await using world = await worldOf(openai);
  await ask(world, "more");
  await ask(world, "more, again");
  const { entries, spent, faults } = await booksOf(world);
  assertEquals(spent, 2n * (100_000n * 100n + 5n * 500n));
  assertEquals(entries.map(({ basis, disbelieved }) => [basis, disbelieved]), [
    ["reported", undefined],
    ["reported", undefined],
  ]);
  assertEquals(faults, ["usage_above_hold gpt-6-luna (openai) claim"]);
});

Deno.test("Replies: an honest count is booked to the nano-dollar, without an alert", async () => {
  await using openai = startOpenAiLies();
  await using world = await worldOf(openai);
  await ask(world, "Hello?");
  const { spent, last, faults } = await booksOf(world);
  assertEquals([spent, last?.basis, last?.disbelieved, faults], [
    300n * 100n + 5n * 500n,
    "reported",
    undefined,
    [],
  ]);
});

const FLOODS = {
  "one delta of 40,000 ideographs": ["語".repeat(40_000)],
  "many small ones that come fast": Array.from({ length: 60_000 }, () => "語"),
  "pictures, cut between two characters": ["x", "🎉".repeat(20_000)],
};

for (const [name, deltas] of Object.entries(FLOODS)) {
  Deno.test(`Replies: ${name} are cut, kept, reported and booked, and delay no other turn`, async () => {
    await using openai = startOpenAiLies();
    openai.tell("flood", { deltas });
    await using files = await scratch();
    {
      await using world = await worldOf(openai, files.store);
      await ask(world, "Warm up", { visitor: "other" });
      const began = performance.now();
      const flooded = ask(world, "flood");
      const waited: number[] = [];
      for (let i = 0; i < 5; i++) {
        const at = performance.now();
        await ask(world, `Meanwhile ${i}`, { visitor: "other" });
        waited.push(performance.now() - at);
      }
      await flooded;
      assert.ok(performance.now() - began < 5_000, "It ends");
      assert.ok(Math.max(...waited) < 2_000, `Others waited ${waited.map(Math.round)} ms`);
    }
    await using world = await worldOf(openai, files.store);
    const [reply] = await repliesOf(world);
    assert.ok(reply);
    const { text, reply: about } = reply;
    assert.ok(text.length <= LONGEST_TEXT && text.length > LONGEST_TEXT - 2, `${text.length}`);
    assert.ok(text.isWellFormed() && deltas.join("").startsWith(text));
    assertEquals(about?.reason, "length");
    const { entries } = await booksOf(world);
    const mine = entries.find(({ basis }) => basis === "estimated");
    assert.ok(mine && mine.usd > 1_000_000n, "A reply of the tool's full length is paid");
  });
}

Deno.test("Replies: white space alone is an empty reply: reported, paid, neither kept nor rated", async () => {
  await using openai = startOpenAiLies();
  openai.tell("space", {
    deltas: [" \n", "\u200b"],
    usage: '{"prompt_tokens":100,"completion_tokens":50,"total_tokens":150}',
  });
  await using world = await worldOf(openai);
  await ask(world, "space");
  assertEquals(await failureOf(world, "v1"), "empty-reply");
  assertEquals(await repliesOf(world), []);
  const { spent, last } = await booksOf(world);
  assertEquals([spent, last?.basis], [100n * 100n + 50n * 500n, "reported"]);
  // The next question follows the unanswered one.
  await ask(world, "Hello?");
  assertEquals((await repliesOf(world)).map(({ text }) => text), ["An honest answer."]);
});

Deno.test("Replies: without a count, a model with hidden thinking is booked at its bound", async () => {
  await using openai = startOpenAiLies();
  openai.tell("unseen", { deltas: HELLO });
  await using world = await worldOf(openai);
  const { tools } = world.deps.store;
  const tool = await tools.get(TOOL);
  assert.ok(tool);
  await tools.put({ ...tool, model: "gpt-6-astra", maxTokens: 1_000, ceiling: null });
  await ask(world, "unseen");
  const { last, faults } = await booksOf(world);
  assertEquals([last?.model, last?.output, last?.basis], ["gpt-6-astra", 1_000, "estimated"]);
  assertEquals(faults, []);
});

Deno.test("Replies: a record from before usage was doubted is still read", async () => {
  await using openai = startOpenAiLies();
  await using world = await worldOf(openai);
  const { kv } = world.deps.store;
  const parsed = chatKeys.progress("t").schema.parse("as it was kept once");
  assertEquals(parsed, { text: "as it was kept once", thinking: 0 });
  await ask(world, "Hello?");
  const { last } = await booksOf(world);
  assert.ok(last && !("disbelieved" in last));
  assertEquals((await kv.get(meteringKeys.ledger(last.day, last.turn))).value, last);
});
