import { EMPTY_DAY, Ledger } from "@/lib/metering/ledger.ts";
import { meteringKeys } from "@/lib/metering/records.ts";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { changeExperiment, storeExperiment } from "@/tests/support/experiments.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { daysUntil } from "../../platform/calendar.ts";
import { Kv } from "../../store/kv.ts";
import { Transactions } from "../../store/transactions.ts";
import { EMPTY_ARM_DAY } from "../counts/arm_days.ts";
import { type ArmDay, type Experiment, experimentKeys, variantName } from "../records.ts";
import { StoredExperiments } from "../stored_experiments.ts";
import { FigureReader } from "./experiment_figures.ts";

const ID = "experiment";
const DAY = 24 * 60 * 60_000;
const T0 = Date.UTC(2026, 9, 12, 9);
const CONTENT = {
  systemPrompt: "Ask first.",
  model: "gpt-6-luna",
  effort: null,
  temperature: 1,
  maxTokens: 500,
};

/** Stores what was counted of a variant on a day, and its cost in cents. */
async function count(
  { deps: { store } }: World,
  day: string,
  letter: string,
  counts: Partial<ArmDay>,
  cents = 0,
): Promise<void> {
  await store.transactions.run([], (tx) => {
    tx.set(experimentKeys.day(ID, day, letter), { ...EMPTY_ARM_DAY, ...counts });
    const spent = BigInt(cents) * 10_000_000n;
    tx.set(meteringKeys.day(day, "variant", variantName(ID, letter)), { ...EMPTY_DAY, spent });
  });
}

async function running(world: World, over: Partial<Experiment> = {}): Promise<Experiment> {
  return await storeExperiment(world.deps.store, {
    startedAt: T0,
    planned: 500,
    shareChanges: [{ at: T0, shares: [50, 50] }],
    contents: { A: CONTENT, B: CONTENT },
    ...over,
  });
}

const worldAt = (now: number) => openWorld({ clock: () => now, env: { TIME_ZONE: "UTC" } });

Deno.test("ExperimentService.report() names no winner for shares that changed between a bad day and a good one", async () => {
  await using world = await worldAt(T0 + DAY);
  await running(world, {
    shareChanges: [{ at: T0, shares: [90, 10] }, { at: T0 + DAY, shares: [10, 90] }],
  });
  // On each day both variants are rated alike.
  await count(world, "2026-10-12", "A", { people: 900, up: 270, down: 630 });
  await count(world, "2026-10-12", "B", { people: 100, up: 30, down: 70 });
  await count(world, "2026-10-13", "A", { people: 100, up: 80, down: 20 });
  await count(world, "2026-10-13", "B", { people: 900, up: 720, down: 180 });
  const { head, series } = await world.services.experiments.report(ID);
  assertEquals([head.verdict?.code, series[0]?.clearSince], ["no_difference", null]);
});

Deno.test("ExperimentService.report() has each variant's figures, the answer and its course", async () => {
  await using world = await worldAt(T0 + DAY);
  await running(world);
  const rest = { conversations: 200, turns: 800, failed: 4, waits: 100, waitedMs: 90_000 };
  await count(world, "2026-10-12", "A", { people: 300, up: 100, down: 60, ...rest }, 1_000);
  await count(world, "2026-10-13", "A", { people: 112, up: 35, down: 23 }, 100);
  await count(world, "2026-10-12", "B", { people: 290, up: 120, down: 30, ...rest }, 1_220);
  await count(world, "2026-10-13", "B", { people: 111, up: 56, down: 17, refused: 2 });
  const { experiments } = world.services;
  const report = await experiments.report(ID);
  const { verdict } = report.head;
  assert.ok(verdict?.code === "better");
  assertEquals([verdict.winner, verdict.over], ["B", "A"]);
  assertEquals([report.head.day, report.head.people], [2, 813]);
  const [a, b] = report.arms;
  assertEquals([a?.counted, b?.counted], [{ good: 135, n: 218 }, { good: 176, n: 223 }]);
  assertEquals([a?.perConversation, b?.perConversation], [55_000_000n, 61_000_000n]);
  assertEquals([a?.firstWordMs, a?.turns, a?.failed, b?.refused], [900, 800, 4, 2]);
  assert.ok(a?.rate && Math.abs(a.rate.rate - .619) < .001 && a.rate.interval.low > .55);
  assert.ok((b?.chanceToBeBest ?? 0) > .99 && (b?.shrunk ?? 0) > (a?.shrunk ?? 1));
  const [series] = report.series;
  assertEquals(series?.days.map(({ day, variant }) => [day, variant.n]), [["2026-10-12", 150], [
    "2026-10-13",
    223,
  ]]);
  assertEquals(series?.days.at(-1)?.effect, verdict.effect);
  assertEquals([report.checks, report.daysToFirst], [[], null]);
  const { running: [head], waiting, ended } = await experiments.list();
  assertEquals([head, waiting, ended], [report.head, [], []]);
});

Deno.test("ExperimentService.report() counts people where the goal is not a rating", async () => {
  await using world = await worldAt(T0);
  await running(world, { measure: { code: "link" } });
  await count(world, "2026-10-12", "A", { people: 30, reached: 9, up: 7, down: 1 });
  await count(world, "2026-10-12", "B", { people: 25, reached: 20 });
  const { arms } = await world.services.experiments.report(ID);
  assertEquals(arms.map(({ counted }) => counted), [{ good: 9, n: 30 }, { good: 20, n: 25 }]);
});

Deno.test("ExperimentService.report() of little data names no rate, and when there will be an answer", async () => {
  await using world = await worldAt(T0 + 8 * DAY);
  await running(world);
  await count(world, "2026-10-13", "A", { people: 49, up: 9, down: 5 });
  await count(world, "2026-10-14", "B", { people: 47, up: 12, down: 5 });
  const { head, arms, daysToFirst, seenOn } = await world.services.experiments.report(ID);
  assertEquals(head.verdict, { code: "thin", needed: 20, counts: { A: 14, B: 17 } });
  assert.ok(arms.every(({ rate, chanceToBeBest }) => rate === null && chanceToBeBest === null));
  // Six of A are missing, at 14 in nine days.
  assertEquals(daysToFirst, 4);
  assert.ok(seenOn !== null && seenOn > "2026-10-20");
});

Deno.test("ExperimentService.report() of an unfair split says what to look at", async () => {
  await using world = await worldAt(T0 + DAY);
  const { experiments } = world.services;
  await running(world);
  await count(world, "2026-10-12", "A", { people: 135, failedFirst: 1, up: 41, down: 6 });
  await count(world, "2026-10-12", "B", { people: 80, failedFirst: 9, up: 25, down: 2 });
  const unfair = await experiments.report(ID);
  assert.ok(unfair.head.verdict?.code === "unfair");
  assertEquals(unfair.head.verdict.people, { A: 135, B: 80 });
  assertEquals(unfair.checks, [
    { code: "early_failures", letter: "B", failed: 9, people: 80, model: "gpt-6-luna" },
    { code: "shares_kept" },
    { code: "nobody_saw_two" },
  ]);
  await count(world, "2026-10-12", "B", { people: 80, sawTwo: 3 });
  const at = T0 + DAY;
  const shareChanges = [{ at: T0, shares: [50, 50] }, { at, shares: [60, 40] }];
  await changeExperiment(world.deps.store, ID, { shareChanges });
  assertEquals((await experiments.report(ID)).checks, [
    { code: "shares_changed", at },
    { code: "some_saw_two", people: 3 },
  ]);
});

Deno.test("ExperimentService.report() measures the split by each day's shares", async () => {
  await using world = await worldAt(T0 + 2 * DAY);
  const shareChanges = [{ at: T0, shares: [50, 50] }, { at: T0 + DAY, shares: [90, 10] }];
  await running(world, { shareChanges });
  await count(world, "2026-10-12", "A", { people: 100 });
  await count(world, "2026-10-12", "B", { people: 100 });
  // The day of the change tells nothing.
  await count(world, "2026-10-13", "A", { people: 150 });
  await count(world, "2026-10-14", "A", { people: 180 });
  await count(world, "2026-10-14", "B", { people: 20 });
  const fair = await world.services.experiments.report(ID);
  assertEquals(fair.head.verdict?.code, "thin");
});

Deno.test("ExperimentService.report() is none of a draft, and of an ended one it stays as it was", async () => {
  await using world = await worldAt(T0 + 90 * DAY);
  const { experiments } = world.services;
  await running(world, { endsAt: T0 + 2 * DAY });
  await count(world, "2026-10-12", "A", { people: 20 });
  const { head, daysToFirst, seenOn, series } = await experiments.report(ID);
  assertEquals([head.state, head.day, daysToFirst, seenOn], ["ended", 3, null, null]);
  assertEquals(series[0]?.days.length, 3);
  await changeExperiment(world.deps.store, ID, { state: "draft", startedAt: null });
  await assertRejects(() => experiments.report(ID), "draft");
  const { waiting } = await experiments.list();
  assertEquals(waiting.map(({ verdict, weeks, day }) => [verdict, weeks, day]), [[null, null, 0]]);
});

Deno.test("ExperimentService.csv() has a line for each variant's day", async () => {
  await using world = await worldAt(T0 + DAY);
  await running(world);
  const counts = { people: 4, up: 2, down: 1, conversations: 5, turns: 9, failed: 1, degraded: 2 };
  await count(world, "2026-10-13", "B", {
    ...counts,
    failedOver: 3,
    refused: 6,
    waits: 2,
    waitedMs: 2_500,
  }, 7);
  const lines = (await world.services.experiments.csv(ID)).trim().split("\r\n");
  assertEquals(lines.length, 5);
  assertEquals(lines[1], "2026-10-12,A,0,0,0,0,0,0,0,0,0,,0");
  assertEquals(lines[4], "2026-10-13,B,4,2,3,5,9,1,2,3,6,1.25,0.07");
  assertEquals(lines[0]?.split(",").length, 13);
});

Deno.test("FigureReader reads as many records as an experiment has variants and days", async () => {
  await using files = await scratch();
  await using world = await openWorld({ path: files.store, env: { TIME_ZONE: "UTC" } });
  const { calendar } = world.deps;
  const reads = async (days: number, letters: ("A" | "B" | "C" | "D" | "E")[]) => {
    const now = T0 + (days - 1) * DAY;
    const variants = letters.map((letter) => ({ letter, note: "", share: 20 }));
    const experiment = await running(world, { variants });
    for (const day of daysUntil(calendar.dayOf(now), days)) {
      for (const letter of letters) await count(world, day, letter, { people: 1_000, up: 500 }, 1);
    }
    const counter = countingReads(await Deno.openKv(files.store));
    const kv = new Kv(counter.kv, () => {});
    const store = {
      experiments: new StoredExperiments(kv, new Transactions(kv, "reader")),
      ledger: new Ledger(kv),
    };
    const reader = new FigureReader({ store, calendar, clock: () => now });
    const figures = await reader.of(experiment);
    const arms = await reader.arms(experiment, figures);
    assertEquals(arms.map(({ people }) => people), letters.map(() => days * 1_000));
    kv.close();
    return counter.read();
  };
  // A day's counts and cost of each variant; and which generation of records is current.
  for (const [days, letters] of [[2, 2], [20, 2], [40, 3], [60, 5]] as const) {
    const read = await reads(days, (["A", "B", "C", "D", "E"] as const).slice(0, letters));
    const most = 2 * days * letters * 1.2 + 10;
    assert.ok(read >= 2 * days * letters && read <= most, `${days} × ${letters}: ${read}`);
  }
});

/** Counts the entries that are read of a store. */
function countingReads(store: Deno.Kv): { kv: Deno.Kv; read(): number } {
  let count = 0;
  const kv = new Proxy(store, {
    get: (target, name) => {
      if (name === "getMany") {
        return (keys: Deno.KvKey[]) => {
          count += keys.length;
          return target.getMany(keys);
        };
      }
      if (name === "list") {
        return async function* (...args: Parameters<Deno.Kv["list"]>) {
          for await (const entry of target.list(...args)) {
            count++;
            yield entry;
          }
        };
      }
      const member: unknown = Reflect.get(target, name);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
  return { kv, read: () => count };
}
