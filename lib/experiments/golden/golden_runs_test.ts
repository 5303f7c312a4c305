import { type Asked, isJudge, startAnsweringModel } from "@/tests/support/answering_model.ts";
import { ask, repliesOf, setReview, TOOL } from "@/tests/support/asking.ts";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import {
  ADA,
  assertBooked,
  ended,
  goldenSpent,
  honest,
  recordsWith,
  runDraft,
  withExamples,
} from "@/tests/support/golden.ts";
import { startMaker } from "@/tests/support/golden_maker.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { until } from "@/tests/support/wait.ts";
import { openWorld } from "@/tests/support/world.ts";
import { chatKeys } from "../../chat/records.ts";
import { PaidCalls } from "../../metering/calls/paid_calls.ts";
import { AppError } from "../../platform/errors.ts";
import { GoldenExamples } from "./golden_examples.ts";
import { GoldenJudging } from "./golden_judging.ts";
import { goldenKeys, toolOfRun } from "./records.ts";

/** An honest model that keeps some questions waiting until it is opened. */
function gatedModel(isHeld: (asked: Asked) => boolean) {
  const gate = Promise.withResolvers<void>();
  let open = false, waiting = 0;
  const model = startAnsweringModel(async (asked) => {
    if (!open && isHeld(asked)) {
      waiting++;
      await gate.promise;
    }
    return honest(asked);
  });
  return {
    ...model,
    held: (count = 1) => until(`${count} calls held`, () => waiting >= count),
    open: () => {
      open = true;
      gate.resolve();
    },
    [Symbol.asyncDispose]: async () => {
      gate.resolve();
      await model[Symbol.asyncDispose]();
    },
  };
}

const about = (n: number) => ({ question }: Asked) => question.includes(`Question ${n}?`);

/** A store with examples, and no process on it. */
async function storeWith(count: number) {
  const dir = await scratch();
  await using world = await openWorld({ path: dir.store });
  await withExamples(world, count);
  return dir;
}

for (
  const [part, judge, isHeld] of [
    ["a reply", "people", (asked: Asked) => about(2)(asked)],
    [
      "a judge's second look",
      "model",
      (asked: Asked) => isJudge(asked) && JSON.parse(asked.question).first_reply.includes("good"),
    ],
  ] as const
) {
  Deno.test(`a run killed during ${part} reads interrupted with the lost call in its cost, once; going on makes it whole`, async () => {
    await using dir = await storeWith(3);
    await using model = gatedModel(isHeld);
    await using maker = await startMaker({ path: dir.store, env: model.env, judge });
    await model.held();
    await maker.kill();
    await using world = await openWorld({ path: dir.store, env: model.env });
    const { golden } = world.services;
    const before = await golden.run(maker.run);
    assertEquals(before.state, "interrupted");
    assert.ok(before.lost > 0n && before.lost <= before.spent, `${before.lost}`);
    await assertBooked(world, maker.run);
    model.open();
    await golden.resume(maker.run);
    const run = await ended(world, maker.run);
    assertEquals([run.state, run.made, run.failed, run.lacking, run.lost], [
      "done",
      6,
      0,
      0,
      before.lost,
    ]);
    await assertBooked(world, maker.run);
  });
}

Deno.test("a run killed again and again at any moment has each call in its cost once, and is whole at the end", async () => {
  await using dir = await storeWith(5);
  await using model = startAnsweringModel(async (asked) => {
    await new Promise((done) => setTimeout(done, 20 + Math.random() * 60));
    return honest(asked);
  });
  const env = { path: dir.store, env: model.env };
  let run = "";
  for (let kills = 0; kills < 3; kills++) {
    await using maker = await startMaker({ ...env, judge: "model", run });
    run = maker.run;
    await new Promise((done) => setTimeout(done, Math.random() * 300));
    await maker.kill();
  }
  await using world = await openWorld(env);
  await assertBooked(world, run);
  await world.services.golden.resume(run);
  const { state, made, lacking, summary } = await ended(world, run);
  assertEquals([state, made, lacking, summary.better], ["done", 10, 0, 5]);
  await assertBooked(world, run);
});

Deno.test("a reply that broke off after its first words stays in the run's cost when it is asked for again", async () => {
  let broken = true;
  await using model = startAnsweringModel((asked) => {
    if (!broken || !about(1)(asked)) return honest(asked);
    const delta = { choices: [{ index: 0, delta: { content: "Some words" } }] };
    return new Response(`data: ${JSON.stringify(delta)}\n\n`, {
      headers: { "content-type": "text/event-stream" },
    });
  });
  await using world = await openWorld({ env: model.env });
  await withExamples(world, 2);
  const id = await runDraft(world, "GOOD", "people");
  const first = await ended(world, id);
  assertEquals([first.state, first.failed, first.lacking], ["done", 2, 1]);
  await assertBooked(world, id);
  broken = false;
  await world.services.golden.resume(id);
  const run = await ended(world, id);
  assertEquals([run.failed, run.made, run.lacking], [0, 4, 0]);
  assert.ok(run.spent > first.spent);
  await assertBooked(world, id);
});

for (const isHeld of [about(2), isJudge]) {
  const part = isHeld === isJudge ? "a judge" : "a reply";
  Deno.test(`stopping a run during ${part} keeps its cost, and nothing that was cut off counts as made or judged`, async () => {
    await using model = gatedModel(isHeld);
    await using world = await openWorld({ env: model.env });
    const { golden } = world.services;
    await withExamples(world, 2);
    const id = await runDraft(world, "GOOD");
    await model.held();
    await golden.stop(id);
    const stopped = await golden.run(id);
    assertEquals([stopped.state, stopped.stop, stopped.failed], ["stopped", null, 0]);
    assert.ok(stopped.lacking > 0);
    await assertBooked(world, id);
    model.open();
    await golden.resume(id);
    const run = await ended(world, id);
    assertEquals([run.state, run.made, run.summary.better, run.lacking], ["done", 4, 2, 0]);
    await assertBooked(world, id);
  });
}

for (const look of ["first", "second"] as const) {
  Deno.test(`a judge whose ${look} look failed judges nothing, and is asked again when the run goes on`, async () => {
    let down = true;
    await using model = startAnsweringModel((asked) => {
      if (!down || !isJudge(asked)) return honest(asked);
      const exchanged = JSON.parse(asked.question).first_reply === "a good reply";
      return exchanged === (look === "second")
        ? new Response("{}", { status: 400 })
        : honest(asked);
    });
    await using world = await openWorld({ env: model.env });
    await withExamples(world, 1);
    const id = await runDraft(world, "GOOD");
    assertEquals((await ended(world, id)).lacking, 1);
    assertEquals(model.asked.filter(isJudge).length, look === "first" ? 1 : 2);
    await assertBooked(world, id);
    down = false;
    await world.services.golden.resume(id);
    assertEquals((await ended(world, id)).summary.better, 1);
    await assertBooked(world, id);
  });
}

Deno.test("an example removed while another process asks about it is in no record afterwards, judgements included", async () => {
  await using dir = await storeWith(3);
  await using model = gatedModel(about(2));
  await using maker = await startMaker({ path: dir.store, env: model.env });
  await using world = await openWorld({ path: dir.store, env: model.env });
  const { golden } = world.services;
  await model.held();
  const { examples } = await golden.list(TOOL);
  const second = examples.find(({ question }) => question === "Question 2?")?.id ?? "";
  await until("the others", async () => (await golden.run(maker.run)).made >= 4);
  await golden.judge(ADA, maker.run, examples[0]?.id ?? "", "left");
  for (const id of [second, examples[0]?.id ?? ""]) await golden.removeExample(ADA, TOOL, id);
  const asked = model.asked.filter(about(2)).length;
  model.open();
  const run = await ended(world, maker.run);
  assertEquals([run.state, run.total, run.made, run.lacking], ["done", 2, 2, 0]);
  assertEquals(model.asked.filter(about(2)).length, asked);
  for (const id of [second, examples[0]?.id ?? ""]) {
    assertEquals(await recordsWith(dir.store, id), []);
  }
  await assertRejects(() => golden.judge(ADA, maker.run, second, "left"), "golden.gone");
  await assertBooked(world, maker.run);
});

Deno.test("a person's conversation deleted while a run asks about it leaves none of its words, nor of the replies", async () => {
  const WORDS = "Where is my grandmother's ring?";
  await using dir = await scratch();
  await using model = gatedModel(({ system, question }) =>
    question === WORDS && system.includes("GOOD")
  );
  await using world = await openWorld({ path: dir.store, env: model.env });
  const { golden, review } = world.services;
  await setReview(world, true);
  await ask(world, WORDS);
  const [reply] = await repliesOf(world);
  const { value: head } = await world.deps.store.kv.get(chatKeys.head("v1", TOOL));
  const conversation = head?.conversation ?? "";
  const taken = await golden.take(ADA, conversation, reply?.id ?? "");
  await withExamples(world, 1);
  const whole = await runDraft(world, "Other", "people");
  await ended(world, whole);
  await golden.judge(ADA, whole, taken.id, "left");
  await using maker = await startMaker({ path: dir.store, env: model.env });
  await model.held();
  assert.ok((await recordsWith(dir.store, taken.id)).length > 4);
  await review.remove(ADA, conversation);
  model.open();
  const run = await ended(world, maker.run);
  assertEquals([run.state, run.total, run.made], ["done", 2, 2]);
  assertEquals(await recordsWith(dir.store, WORDS), []);
  const paths = await recordsWith(dir.store, taken.id);
  // Runs name it until the next round.
  assertEquals(new Set(paths.map((path) => path.split(" ")[0])), new Set(["golden_run"]));
  await golden.removal.sweep();
  assertEquals(await recordsWith(dir.store, taken.id), []);
});

Deno.test("an example is not taken from a conversation that is deleted meanwhile, nor brought back by a change or a judgement", async () => {
  await using model = startAnsweringModel(honest);
  await using world = await openWorld({ env: model.env });
  const { deps, services: { golden, review } } = world;
  await setReview(world, true);
  await ask(world, "A question");
  const [reply] = await repliesOf(world);
  const { value: head } = await deps.store.kv.get(chatKeys.head("v1", TOOL));
  const conversation = head?.conversation ?? "";
  const { conversations } = deps.store;
  const slow = Object.create(conversations, {
    all: {
      value: async function* (...which: Parameters<typeof conversations.all>) {
        const pieces = await Array.fromAsync(conversations.all(...which));
        await review.remove(ADA, conversation);
        yield* pieces;
      },
    },
  });
  const store = { ...deps.store, conversations: slow };
  const taking = new GoldenExamples({ ...deps, store }, golden.removal);
  await assertRejects(() => taking.take(ADA, conversation, reply?.id ?? ""), "golden.not_open");
  assertEquals((await golden.list(TOOL)).examples, []);

  const [example = ""] = await withExamples(world, 1);
  const run = await runDraft(world, "GOOD", "people");
  await ended(world, run);
  const stored = await deps.store.golden.run(run);
  const slowParts = Object.create(deps.store.golden, {
    parts: {
      value: async () => {
        const parts = await deps.store.golden.parts(run);
        await golden.removeExample(ADA, TOOL, example);
        return parts;
      },
    },
  });
  const judging = new GoldenJudging({ ...deps, store: { ...deps.store, golden: slowParts } });
  assert.ok(stored);
  await assertRejects(() => judging.judge(ADA, stored, example, "left"), "golden.gone");
  assertEquals(await deps.store.golden.parts(run), { replies: [], judgements: [] });

  for (let i = 0; i < 8; i++) {
    const [changed = ""] = await withExamples(world, 1);
    await Promise.allSettled([
      golden.saveExample(ADA, TOOL, changed, { question: "Changed?", expects: "" }),
      golden.removeExample(ADA, TOOL, changed),
    ]);
    assertEquals((await golden.list(TOOL)).examples, []);
  }
});

Deno.test("a run without room for its typical cost is refused before it starts, by the tool's or the organisation's budget", async () => {
  await using model = startAnsweringModel(honest);
  await using world = await openWorld({
    env: { ...model.env, ORGANISATION_CEILING_USD: "0.000001" },
  });
  const { golden } = world.services;
  await withExamples(world, 2);
  const refused = async () => {
    const error = await runDraft(world, "GOOD").then(() => null, (thrown: unknown) => thrown);
    assert.ok(error instanceof AppError && error.told.code === "golden.no_room", String(error));
    const { cost, ...told } = error.told;
    assert.ok(BigInt(cost) > 1_000n);
    return told;
  };
  assertEquals(await refused(), {
    code: "golden.no_room",
    scope: "organisation",
    window: "day",
    left: "1000",
  });
  assertEquals([model.asked.length, (await golden.list(TOOL)).runs.length], [0, 0]);
  const { settings } = world.services;
  await settings.save({
    who: ADA,
    group: "budgets",
    seen: settings.current.version,
    edit: (now) => ({ ...now, budgets: { ...now.budgets, toolMonth: 999n } }),
  });
  assertEquals(await refused(), {
    code: "golden.no_room",
    scope: "tool",
    window: "month",
    left: "999",
  });
});

for (const usedUp of [true, false]) {
  const how = usedUp ? "is used up" : "others hold";
  Deno.test(`a run that meets a ceiling which ${how} stops with that reason, and goes on the next day`, async () => {
    let now = Date.parse("2026-08-15T12:00:00Z");
    await using model = gatedModel(about(2));
    await using world = await openWorld({ env: model.env, clock: () => now });
    const { golden, settings } = world.services;
    const setCeiling = (organisationCeiling: bigint) =>
      settings.save({
        who: ADA,
        group: "limits",
        seen: settings.current.version,
        edit: (all) => ({ ...all, limits: { ...all.limits, organisationCeiling } }),
      });
    await withExamples(world, 3);
    const id = await runDraft(world, "GOOD", "people");
    await model.held();
    await until("the others", async () => (await golden.run(id)).made === 4);
    const calls = new PaidCalls(world.deps);
    const held = await calls.hold({
      tool: TOOL,
      ceiling: null,
      channel: "web",
      provider: "openai",
      model: "gpt-4o-mini",
      simulated: false,
      visitor: null,
      worst: usedUp ? 1n : 5_000_000n,
    });
    await setCeiling(usedUp ? 1n : 5_000_001n);
    model.open();
    const stopped = await ended(world, id);
    assertEquals([stopped.state, stopped.made, stopped.lacking], ["stopped", 5, 1]);
    const opensAt = usedUp ? Date.parse("2026-08-16T00:00:00Z") : null;
    assertEquals(stopped.stop, { code: "budget", opensAt });
    await calls.settle(held, { usd: held.hold.amount, basis: "reported" });
    await assertRejects(() => golden.resume(id), "golden.no_room");
    assertEquals((await golden.run(id)).state, "stopped");
    await setCeiling(5_000_001n);
    now += 24 * 60 * 60_000;
    await golden.resume(id);
    const run = await ended(world, id);
    assertEquals([run.state, run.stop, run.made, run.lacking], ["done", null, 6, 0]);
    const days = ["2026-08-15", "2026-08-16"];
    const sums = await world.deps.store.ledger.days("channel", "golden", days);
    assertEquals(run.spent, sums.reduce((sum, each) => sum + (each?.spent ?? 0n), 0n));
  });
}

Deno.test("a budget with room for one call at a time makes a run one call after the other", async () => {
  await using model = startAnsweringModel(honest);
  await using world = await openWorld({
    env: { ...model.env, ORGANISATION_CEILING_USD: "0.0018" },
  });
  await withExamples(world, 3);
  const id = await runDraft(world, "GOOD", "people");
  const run = await ended(world, id);
  assertEquals([run.state, run.stop, run.made, run.failed], ["done", null, 6, 0]);
  assertEquals(model.asked.length, 6);
  await assertBooked(world, id);
});

Deno.test("a run whose process ends in order reads interrupted, and goes on in another", async () => {
  await using dir = await storeWith(2);
  await using model = gatedModel(about(1));
  const options = { path: dir.store, env: model.env };
  let id = "";
  {
    await using world = await openWorld(options);
    id = await runDraft(world, "GOOD", "people");
    await model.held();
  }
  model.open();
  await using world = await openWorld(options);
  const { state, lost, lacking } = await world.services.golden.run(id);
  assertEquals([state, lost], ["interrupted", 0n]);
  assert.ok(lacking > 0);
  await world.services.golden.resume(id);
  assertEquals((await ended(world, id)).made, 4);
  await assertBooked(world, id);
});

Deno.test("a form that is sent twice at once, on two processes, makes one run; another form makes another", async () => {
  await using dir = await storeWith(2);
  await using model = startAnsweringModel(honest);
  const options = { path: dir.store, env: model.env };
  await using one = await openWorld(options);
  await using two = await openWorld(options);
  const ids = await Promise.all(
    [one, one, two, two].map((world) => runDraft(world, "GOOD", "people", "")),
  );
  assertEquals(new Set(ids).size, 1);
  const [id = ""] = ids;
  await ended(one, id);
  assertEquals(await runDraft(two, "GOOD", "people", ""), id);
  assertEquals([model.asked.length, (await one.services.golden.list(TOOL)).runs.length], [4, 1]);
  await assertBooked(one, id);
  const next = await runDraft(two, "GOOD", "people", id);
  assert.notEqual(next, id);
  await ended(one, next);
});

Deno.test("of two processes that go on with an interrupted run, one makes it", async () => {
  await using dir = await storeWith(3);
  await using model = gatedModel(about(1));
  await using maker = await startMaker({ path: dir.store, env: model.env });
  await model.held();
  await maker.kill();
  const options = { path: dir.store, env: model.env };
  await using one = await openWorld(options);
  await using two = await openWorld(options);
  const before = model.asked.length;
  const { made } = await one.services.golden.run(maker.run);
  model.open();
  await Promise.all([one, two, one, two].map((world) => world.services.golden.resume(maker.run)));
  assertEquals((await ended(two, maker.run)).made, 6);
  assertEquals(model.asked.length - before, 6 - made);
  await assertBooked(one, maker.run);
});

Deno.test("a run stopped on another process keeps the reply under way, and asks nothing more", async () => {
  await using dir = await storeWith(2);
  await using model = gatedModel(about(1));
  await using maker = await startMaker({ path: dir.store, env: model.env });
  await using world = await openWorld({ path: dir.store, env: model.env });
  const { golden } = world.services;
  await model.held();
  await until("the other's", async () => (await golden.run(maker.run)).made === 2);
  await golden.stop(maker.run);
  model.open();
  await until("the reply", async () => (await golden.run(maker.run)).made === 3);
  await assertBooked(world, maker.run);
  const { state, stop, lacking } = await golden.run(maker.run);
  assertEquals([state, stop, lacking, model.asked.length], ["stopped", null, 1, 3]);
});

Deno.test("a run stopped on one process and gone on with on another is written by the last one only", async () => {
  await using dir = await storeWith(2);
  await using model = gatedModel(about(1));
  await using maker = await startMaker({ path: dir.store, env: model.env });
  await model.held();
  await using world = await openWorld({ path: dir.store, env: model.env });
  const { golden } = world.services;
  assertEquals((await golden.run(maker.run)).state, "running");
  await golden.stop(maker.run);
  assertEquals((await golden.run(maker.run)).state, "stopped");
  await golden.resume(maker.run);
  await model.held(2);
  model.open();
  const run = await ended(world, maker.run);
  assertEquals([run.state, run.made, run.lacking], ["done", 4, 0]);
  await assertBooked(world, maker.run);
});

Deno.test("a run deleted while another process makes it leaves nothing behind, and its calls are booked", async () => {
  await using dir = await storeWith(2);
  await using model = gatedModel(about(2));
  await using maker = await startMaker({ path: dir.store, env: model.env, judge: "model" });
  await using world = await openWorld({ path: dir.store, env: model.env });
  await model.held();
  await until("replies", async () => (await world.services.golden.run(maker.run)).made > 0);
  await world.services.golden.removeRun(ADA, maker.run);
  const before = await goldenSpent(world);
  model.open();
  await until("the last call", async () => await goldenSpent(world) > before);
  const { store } = world.deps;
  const calls = () => store.kv.list({ prefix: ["running"] }, () => goldenKeys.cost(""));
  await until("no call under way", async () => (await calls()).length === 0);
  assertEquals(await recordsWith(dir.store, maker.run), []);
  await assertRejects(() => world.services.golden.run(maker.run), "golden.gone");
});

Deno.test("a deletion that broke off is finished by the next round: a run's, and an example's in its runs", async () => {
  await using dir = await storeWith(2);
  await using model = startAnsweringModel(honest);
  const options = { path: dir.store, env: model.env };
  const ids: string[] = [];
  let removed = "";
  {
    await using world = await openWorld(options);
    for (const prompt of ["GOOD", "BAD"]) {
      ids.push(await runDraft(world, prompt));
      await ended(world, ids.at(-1) ?? "");
    }
    const [dropped = ""] = ids;
    const { store, services } = { ...world.deps, services: world.services };
    removed = (await services.golden.list(TOOL)).examples[0]?.id ?? "";
    const key = goldenKeys.run(toolOfRun(dropped), dropped);
    await store.transactions.run([key], (tx) => {
      const run = tx.get(key);
      if (run) tx.set(key, { ...run, state: "dropped" });
      tx.delete(goldenKeys.example(TOOL, removed));
    });
    await assertRejects(() => services.golden.run(dropped), "golden.gone");
    assertEquals((await services.golden.list(TOOL)).runs.map(({ id }) => id), ids.slice(1));
  }
  await using world = await openWorld(options);
  await until("the round", async () => (await recordsWith(dir.store, removed)).length === 0);
  assertEquals(await recordsWith(dir.store, ids[0] ?? ""), []);
  const left = await world.services.golden.run(ids[1] ?? "");
  assertEquals([left.total, left.made], [2, 2]);
});
