import { assertEquals } from "@/tests/support/assert.ts";
import { storeExperiment } from "@/tests/support/experiments.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { EMPTY_ARM_DAY } from "./counts/arm_days.ts";
import { type ArmDay, type Experiment, experimentKeys } from "./records.ts";

const ID = "experiment";
const T0 = Date.UTC(2026, 9, 12, 9);

async function running(
  { deps: { store } }: World,
  b: Partial<ArmDay>,
  over: Partial<Experiment> = {},
): Promise<void> {
  await storeExperiment(store, {
    startedAt: T0,
    guard: true,
    shareChanges: [{ at: T0, shares: [50, 50] }],
    ...over,
  });
  const counts = { people: 200, up: 70, down: 30, conversations: 200, turns: 400, failed: 2 };
  await store.transactions.run([], (tx) => {
    const key = (letter: string) => experimentKeys.day(ID, "2026-10-12", letter);
    tx.set(key("A"), { ...EMPTY_ARM_DAY, ...counts });
    tx.set(key("B"), { ...EMPTY_ARM_DAY, ...counts, ...b });
  });
}

async function pausedBy(world: World): Promise<string | null> {
  const { pause, state } = await world.services.experiments.get(ID);
  assertEquals(state, pause === null ? "running" : "paused");
  return pause?.code === "guard" ? `${pause.letter} ${pause.guard}` : null;
}

async function alerts({ deps: { store } }: World): Promise<string[]> {
  const raised = await store.alerts.ofDay("2026-10-12");
  return raised.flatMap(({ alert }) => alert.scope === "fault" ? [alert.code] : []);
}

const CASES: [counts: Partial<ArmDay>, over: Partial<Experiment>, expected: string | null][] = [
  [{}, {}, null],
  [{ failed: 80 }, {}, "B errors"],
  [{ up: 20, down: 80 }, {}, "B measure"],
  [{ failed: 80 }, { guard: false }, null],
];

for (const [counts, over, expected] of CASES) {
  const given = JSON.stringify({ ...counts, ...over });
  Deno.test(`ExperimentWatch.check() with ${given} pauses for ${expected}`, async () => {
    await using world = await openWorld({ clock: () => T0, env: { TIME_ZONE: "UTC" } });
    await running(world, counts, over);
    await world.services.experiments.watch.check();
    assertEquals(await pausedBy(world), expected);
    const raised = (await alerts(world)).filter((code) => code === "experiment_paused");
    assertEquals(raised.length, expected === null ? 0 : 1);
  });
}

Deno.test("ExperimentWatch.check() in two processes pauses once, and not what an admin resumed", async () => {
  await using files = await scratch();
  const options = { path: files.store, clock: () => T0, env: { TIME_ZONE: "UTC" } };
  await using one = await openWorld(options);
  await using other = await openWorld(options);
  await running(one, { failed: 80 });
  await Promise.all([one, other].map(({ services }) => services.experiments.watch.check()));
  const { revision, pausedAt } = await one.services.experiments.get(ID);
  assertEquals([revision, pausedAt], [2, T0]);
  assertEquals(other.deps.store.experiments.runningOf("general-assistant", T0), null);
  const told = [...one.logged, ...other.logged].filter(({ message }) =>
    message === "An experiment was paused"
  );
  assertEquals(told.length, 1);
  assertEquals((await alerts(one)).filter((code) => code === "experiment_paused").length, 1);
  await one.services.experiments.resume("ada@example.org", ID);
  await other.services.experiments.watch.check();
  assertEquals(await pausedBy(one), null);
  assertEquals((await one.services.experiments.report(ID)).guard, false);
});
