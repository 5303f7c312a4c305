import fc from "fast-check";
import { ask, repliesOf, TOOL } from "@/tests/support/asking.ts";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { changeExperiment, storeExperiment } from "@/tests/support/experiments.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { batchesOfTurn } from "@/tests/support/turn_reads.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import type { Provider } from "../llm/provider.ts";
import { parseUsd } from "../shared/money.ts";
import { type Letter, letterOf } from "../shared/views/experiment_view.ts";
import { EMPTY_ARM_DAY } from "./counts/arm_days.ts";
import { armsOf, checkArms, uniteArms } from "./counts/linked_arms.ts";
import { type ArmDay, experimentKeys, type Variant, variantName } from "./records.ts";

const ID = "experiment";
const T0 = Date.parse("2026-08-15T09:00:00Z"), HOUR = 60 * 60_000;
const PROMPT = "Answer in one sentence.";
const ONLY_A: Variant[] = [
  { letter: "A", note: "", share: 100 },
  { letter: "B", note: "", share: 0 },
];
const CONTENT = {
  systemPrompt: PROMPT,
  model: "gpt-6.1-terra",
  effort: null,
  temperature: .2,
  maxTokens: 321,
};

/** The letter of a visitor's last reply; null for the tool as it is. */
async function lastLetter(world: World, visitor: string): Promise<Letter | null> {
  const head = await world.deps.store.conversations.head(visitor, TOOL);
  assert.ok(head);
  const reply = await world.deps.store.conversations.message(head, head.next - 1);
  return letterOf(reply?.reply?.variant);
}

/** The sums of a variant over all days. */
async function sums(world: World, letter: Letter): Promise<ArmDay> {
  const total = { ...EMPTY_ARM_DAY };
  for (const row of await world.deps.store.experiments.days(ID)) {
    if (row.letter !== letter) continue;
    for (const count of Object.keys(EMPTY_ARM_DAY) as (keyof ArmDay)[]) total[count] += row[count];
  }
  return total;
}

const people = async (world: World) =>
  (await world.deps.store.experiments.days(ID)).reduce((sum, day) => sum + day.people, 0);

Deno.test("experimentsParticipant() gives a turn the variant's prompt, model and length", async () => {
  const asked: Parameters<Provider["stream"]>[0][] = [];
  await using world = await openWorld({
    provider: {
      name: "mock",
      simulated: true,
      async *stream(request) {
        asked.push(request);
        yield { type: "text", text: "Yes." };
        await Promise.resolve();
        yield { type: "end", reason: "stop" };
      },
    },
  });
  await storeExperiment(world.deps.store, {
    variants: [{ letter: "A", note: "", share: 0 }, { letter: "B", note: "Short", share: 100 }],
    contents: { B: CONTENT },
    baseVersion: 7,
  });
  await ask(world, "What is a key term?");
  const [request] = asked;
  assertEquals(request?.model, CONTENT.model);
  assertEquals(request?.maxTokens, 321);
  assert.match(JSON.stringify(request), new RegExp(PROMPT));
  const head = await world.deps.store.conversations.head("v1", TOOL);
  const reply = head && await world.deps.store.conversations.message(head, 1);
  assertEquals([reply?.reply?.variant, reply?.reply?.version], [variantName(ID, "B"), 7]);
  const [entry] = await world.deps.store.ledger.days("variant", variantName(ID, "B"), [
    world.deps.calendar.dayOf(world.deps.clock()),
  ]);
  assertEquals(entry?.entries, 1);
});

Deno.test("experimentsParticipant() lets the tool's model answer for a variant whose own cannot be asked", async () => {
  for (const model of ["no-such-model", "gpt-4-0314"]) {
    await using world = await openWorld();
    await storeExperiment(world.deps.store, {
      variants: [{ letter: "A", note: "", share: 0 }, { letter: "B", note: "", share: 100 }],
      contents: { B: { ...CONTENT, model } },
    });
    await ask(world, "What is a key term?");
    const head = await world.deps.store.conversations.head("v1", TOOL);
    const reply = head && await world.deps.store.conversations.message(head, 1);
    const tool = await world.deps.store.tools.get(TOOL);
    assertEquals([reply?.reply?.model, reply?.reply?.variant], [tool?.model, variantName(ID, "B")]);
    const { turns, failedOver } = await sums(world, "B");
    assertEquals([turns, failedOver], [1, 1], model);
  }
});

Deno.test("experimentsParticipant() moves nobody after a change of shares, a pause or a restart", async () => {
  await using folder = await scratch();
  const visitors = Array.from({ length: 12 }, (_, i) => `visitor-${i}`);
  const before = new Map<string, Letter | null>();
  {
    await using world = await openWorld({ path: folder.store });
    await storeExperiment(world.deps.store);
    for (const visitor of visitors) {
      await ask(world, "Hello", { visitor });
      before.set(visitor, await lastLetter(world, visitor));
    }
    assertEquals(new Set(before.values()), new Set<Letter | null>(["A", "B"]));
    await changeExperiment(world.deps.store, ID, {
      variants: [{ letter: "A", note: "", share: 0 }, { letter: "B", note: "", share: 100 }],
    });
    for (const visitor of visitors.slice(0, 6)) {
      await ask(world, "Again", { visitor });
      assertEquals(await lastLetter(world, visitor), before.get(visitor), visitor);
    }
    await changeExperiment(world.deps.store, ID, { state: "paused" });
    for (const visitor of visitors.slice(0, 3)) {
      await ask(world, "Paused", { visitor });
      assertEquals(await lastLetter(world, visitor), null, visitor);
    }
    await changeExperiment(world.deps.store, ID, { state: "running" });
  }
  await using world = await openWorld({ path: folder.store });
  for (const visitor of visitors) {
    await ask(world, "Back again", { visitor });
    assertEquals(await lastLetter(world, visitor), before.get(visitor), visitor);
  }
  assertEquals(await people(world), visitors.length);
  await changeExperiment(world.deps.store, ID, { state: "ended" });
  await ask(world, "After the end", { visitor: "visitor-0" });
  assertEquals(await lastLetter(world, "visitor-0"), null);
});

Deno.test("experimentsParticipant() writes nothing of people who take no part, who get the tool as it is", async () => {
  await using world = await openWorld();
  await storeExperiment(world.deps.store, { include: 30 });
  const outside: string[] = [];
  for (let i = 0; i < 30; i++) {
    const visitor = `visitor-${i}`;
    await ask(world, "Hello", { visitor });
    if (await lastLetter(world, visitor) === null) outside.push(visitor);
  }
  assert.ok(outside.length > 10 && outside.length < 30, String(outside.length));
  for (const visitor of outside) {
    const { kv } = world.deps.store;
    assertEquals((await kv.get(experimentKeys.arm(visitor, TOOL))).value, null);
    assertEquals((await kv.get(experimentKeys.person(ID, visitor))).value, null);
  }
  assertEquals(await people(world), 30 - outside.length);
});

Deno.test("experimentsParticipant() leaves drafts and simulated phones out", async () => {
  await using world = await openWorld();
  await storeExperiment(world.deps.store);
  const draft = await world.deps.store.tools.get(TOOL);
  assert.ok(draft);
  await ask(world, "A draft", { draft, channel: "preview" });
  await ask(world, "A simulated phone", { visitor: "v2", channel: "whatsapp", forSimulator: true });
  assertEquals([await lastLetter(world, "v1"), await lastLetter(world, "v2")], [null, null]);
  assertEquals(await people(world), 0);
});

Deno.test("experimentsParticipant() counts a person once for first turns at once, also in two processes", async () => {
  await using folder = await scratch();
  await using one = await openWorld({ path: folder.store, env: { MOCK_PACE_MS: "5" } });
  await using two = await openWorld({ path: folder.store, env: { MOCK_PACE_MS: "5" } });
  // The other process has not seen the change of shares yet: it would draw another variant.
  await storeExperiment(one.deps.store, {
    variants: [{ letter: "A", note: "", share: 100 }, { letter: "B", note: "", share: 0 }],
  });
  await two.deps.store.experiments.refresh();
  await changeExperiment(one.deps.store, ID, {
    variants: [{ letter: "A", note: "", share: 0 }, { letter: "B", note: "", share: 100 }],
  });
  const visitors = Array.from({ length: 3 }, (_, i) => `visitor-${i}`);
  for (const visitor of visitors) {
    const turns = [one, two, one, two].map((world, i) =>
      ask(world, `Tab ${i}`, { visitor }).catch(() => {})
    );
    await Promise.all(turns);
    const letters = new Set<Letter | null>();
    for (const world of [one, two]) {
      await ask(world, "Once more", { visitor });
      letters.add(await lastLetter(world, visitor));
    }
    assertEquals(letters.size, 1, visitor);
  }
  assertEquals(await people(one), visitors.length);
});

Deno.test("experimentsParticipant() counts conversations, turns, failures and waits", async () => {
  let fail = true;
  const provider: Provider = {
    name: "mock",
    simulated: true,
    async *stream() {
      await Promise.resolve();
      if (fail) throw new Error("out of order");
      yield { type: "text", text: "Yes." };
      yield { type: "end", reason: "stop" };
    },
  };
  await using world = await openWorld({ provider });
  await storeExperiment(world.deps.store, { variants: ONLY_A });
  await ask(world, "One");
  fail = false;
  await ask(world, "Two");
  const { waitedMs, ...counts } = await sums(world, "A");
  assert.ok(waitedMs >= 0);
  assertEquals(counts, {
    people: 1,
    up: 0,
    down: 0,
    reached: 0,
    conversations: 1,
    turns: 2,
    failed: 1,
    sawTwo: 0,
    failedFirst: 1,
    degraded: 0,
    failedOver: 0,
    refused: 0,
    waits: 1,
  });
});

Deno.test("RefusedTurns.flush() counts a budget's refusals for the variant, in few writes", async () => {
  await using world = await openWorld();
  const { store } = world.deps;
  await storeExperiment(store, { variants: ONLY_A });
  const tool = await store.tools.get(TOOL);
  assert.ok(tool);
  await store.tools.put({ ...tool, ceiling: parseUsd("0.000001") });
  const { groups } = store.transactions.counts;
  for (let i = 0; i < 20; i++) {
    await assertRejects(() => ask(world, "Hello", { visitor: `v${i}` }), "budget");
  }
  await store.refusedTurns.flush();
  assertEquals((await sums(world, "A")).refused, 20);
  assert.ok(store.transactions.counts.groups - groups <= 3);
  assertEquals(await people(world), 0);
});

Deno.test("experimentsParticipant() counts a goal once, on the day of the first turn", async () => {
  let now = T0;
  await using world = await openWorld({ clock: () => now });
  const { store } = world.deps;
  await storeExperiment(store, { variants: ONLY_A, measure: { code: "turns", turns: 3 } });
  await ask(world, "One");
  now += 24 * HOUR;
  await ask(world, "Two");
  assertEquals((await sums(world, "A")).reached, 0);
  await ask(world, "Three");
  await ask(world, "Four");
  const days = await store.experiments.days(ID);
  assertEquals(days.map(({ day, people, reached, turns }) => [day, people, reached, turns]), [
    ["2026-08-15", 1, 1, 1],
    ["2026-08-16", 0, 0, 3],
  ]);

  await changeExperiment(store, ID, { measure: { code: "return" } });
  await ask(world, "First", { visitor: "v2" });
  await ask(world, "At once", { visitor: "v2" });
  assertEquals((await sums(world, "A")).reached, 1);
  now += HOUR;
  await ask(world, "An hour later", { visitor: "v2" });
  assertEquals((await sums(world, "A")).reached, 2);

  await changeExperiment(store, ID, { measure: { code: "phrase", phrase: "thank you" } });
  await ask(world, "Thankyou", { visitor: "v3" });
  await ask(world, "No. THANK YOU!", { visitor: "v3" });
  assertEquals((await sums(world, "A")).reached, 3);
});

Deno.test("CountedRatings.part() counts one rating of a person: the first, its change, another after its withdrawal", async () => {
  await using world = await openWorld();
  const { ratings } = world.services;
  await storeExperiment(world.deps.store, { variants: ONLY_A });
  await ask(world, "One");
  await ask(world, "Two");
  const [first, second] = await repliesOf(world);
  assert.ok(first && second);
  const rate = (message: string, verdict: "up" | "down" | null) =>
    ratings.rate({ visitor: "v1", tool: TOOL, message, verdict, address: null });
  const counted = async () => {
    const { up, down } = await sums(world, "A");
    return [up, down];
  };
  await rate(first.id, "up");
  await rate(second.id, "down");
  assertEquals(await counted(), [1, 0]);
  await rate(first.id, "down");
  assertEquals(await counted(), [0, 1]);
  await rate(first.id, null);
  assertEquals(await counted(), [0, 0]);
  await rate(second.id, "up");
  await rate(first.id, "down");
  assertEquals(await counted(), [1, 0]);
  await changeExperiment(world.deps.store, ID, { state: "paused" });
  await rate(second.id, "down");
  assertEquals(await counted(), [0, 1]);
  await changeExperiment(world.deps.store, ID, { state: "ended" });
  await rate(second.id, "up");
  assertEquals(await counted(), [0, 1]);
});

type Step =
  | { do: "ask"; who: number }
  | { do: "rate"; who: number; reply: number; verdict: "up" | "down" | null }
  | { do: "export"; who: number }
  | { do: "unite"; who: number; other: number }
  | { do: "shares"; share: number }
  | { do: "wait" };

const STEP: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("ask" as const), who: fc.nat(3) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("rate" as const),
      who: fc.nat(3),
      reply: fc.nat(2),
      verdict: fc.constantFrom("up", "down", null),
    }),
  },
  fc.record({ do: fc.constant("export" as const), who: fc.nat(3) }),
  fc.record({ do: fc.constant("unite" as const), who: fc.nat(3), other: fc.nat(3) }),
  fc.record({ do: fc.constant("shares" as const), share: fc.nat(100) }),
  fc.record({ do: fc.constant("wait" as const) }),
);

Deno.test("addToDay() keeps the days' counts those of the people, whatever they do", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(STEP, { maxLength: 25 }), async (steps) => {
      let now = T0;
      await using world = await openWorld({ clock: () => now });
      const { store } = world.deps;
      await storeExperiment(store, { measure: { code: "export" } });
      for (const step of steps) {
        if (step.do === "wait") now += 9 * HOUR;
        else if (step.do === "shares") {
          const { share } = step;
          await changeExperiment(store, ID, {
            variants: [{ letter: "A", note: "", share }, {
              letter: "B",
              note: "",
              share: 100 - share,
            }],
          });
        } else {
          const visitor = `visitor-${step.who}`;
          if (step.do === "ask") await ask(world, "Hello", { visitor });
          else if (step.do === "unite") {
            const other = `visitor-${step.other}`;
            const arms = await armsOf(store, [visitor, other]);
            await store.transactions.run(arms.reads, (tx) => {
              checkArms(tx, arms);
              uniteArms(tx, arms, visitor, other);
            });
            const [mine, theirs] = await Promise.all(
              [visitor, other].map((each) => store.kv.get(experimentKeys.arm(each, TOOL))),
            );
            assertEquals(mine?.value, theirs?.value);
          } else if (step.do === "export") {
            await world.services.goals.reach(visitor, TOOL, "export");
          } else {
            const reply = (await repliesOf(world, visitor))[step.reply];
            if (!reply) continue;
            const { verdict } = step;
            await world.services.ratings.rate({
              visitor,
              tool: TOOL,
              message: reply.id,
              verdict,
              address: null,
            });
          }
        }
      }
      const expected = new Map<string, number>();
      const count = (day: string, letter: string, what: string) => {
        const id = `${day} ${letter} ${what}`;
        expected.set(id, (expected.get(id) ?? 0) + 1);
      };
      const all = await store.kv.list(
        { prefix: ["experiment_person", ID] },
        (path) => experimentKeys.person(ID, String(path[2])),
      );
      for (const { value: { day, letter, rated, reached } } of all) {
        count(day, letter, "people");
        if (reached) count(day, letter, "reached");
        if (rated) count(rated.day, letter, rated.verdict);
      }
      const found = new Map<string, number>();
      for (const row of await store.experiments.days(ID)) {
        for (const what of ["people", "reached", "up", "down"] as const) {
          if (row[what] > 0) found.set(`${row.day} ${row.letter} ${what}`, row[what]);
        }
      }
      assertEquals(found, expected);
    }),
    { numRuns: 60 },
  );
});

const batchesOf = (world: World, visitor: string) =>
  batchesOfTurn({
    world,
    visitor,
    message: "Hello",
    also: ["experiment_arm", "experiment_person", "experiment_day"],
  });

Deno.test("experimentsParticipant() adds no batch of reads to a turn, first or later, cold or warm", async () => {
  const counted: number[][] = [];
  for (const experiment of [false, true]) {
    await using folder = await scratch();
    const batches: number[] = [];
    for (const start of [1, 2]) {
      await using world = await openWorld({ path: folder.store });
      if (experiment && start === 1) {
        await storeExperiment(world.deps.store, { measure: { code: "turns", turns: 3 } });
      }
      // Other visitors, so that the day's sums are known to the process or not.
      for (const visitor of ["v1", "v1", "v2", "v2"]) {
        batches.push(await batchesOf(world, visitor));
      }
      world.deps.store.transactions.invalidate();
      batches.push(await batchesOf(world, "v1"));
    }
    counted.push(batches);
  }
  const [without, within] = counted;
  assert.ok(without?.every((batches) => batches > 0));
  assertEquals(within, without);
});
