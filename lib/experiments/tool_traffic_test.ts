import { assertEquals } from "@/tests/support/assert.ts";
import { storeExperiment } from "@/tests/support/experiments.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { feedbackKeys } from "../feedback/records.ts";
import { EMPTY_DAY } from "../metering/ledger.ts";
import { meteringKeys } from "../metering/records.ts";
import { daysUntil } from "../platform/calendar.ts";
import { EMPTY_ARM_DAY } from "./counts/arm_days.ts";
import { experimentKeys } from "./records.ts";

const TOOL = "math-tutor";
const NOW = Date.UTC(2026, 10, 28, 9);

/** Replies and ratings on each of the last 60 days. */
async function busy({ deps: { store } }: World, entries: number, up: number, down: number) {
  await store.transactions.run([], (tx) => {
    for (const day of daysUntil("2026-11-28", 60)) {
      tx.set(meteringKeys.day(day, "tool", TOOL), { ...EMPTY_DAY, entries, beside: 1 });
      tx.set(feedbackKeys.rated(day, "tool", TOOL), { up, down });
    }
  });
}

const open = () => openWorld({ clock: () => NOW, env: { TIME_ZONE: "UTC" } });
const plan = { tool: TOOL, variants: 2, include: 50 };

Deno.test("ExperimentService.forecast() takes ratings of 28 days, and their rate", async () => {
  await using world = await open();
  await busy(world, 11, 7, 3);
  const { experiments } = world.services;
  const forecast = await experiments.forecast({ ...plan, measure: "rated" });
  // Ten ratings a day, of half of the people.
  assertEquals([forecast.basis, forecast.perWeek, forecast.rate], ["ratings", 35, .7]);
  assertEquals(forecast.weeks, Math.round(forecast.planned / 35));
  const bold = await experiments.forecast({ ...plan, measure: "rated", target: .95 });
  assertEquals(bold.planned < forecast.planned, true);
});

Deno.test("ExperimentService.forecast() estimates people by replies, as experiments counted them", async () => {
  await using world = await open();
  await busy(world, 101, 7, 3);
  const { experiments } = world.services;
  const guessed = await experiments.forecast({ ...plan, measure: "link" });
  // 100 replies a day, ten to a person: 280 people in 28 days, of whom half take part.
  assertEquals([guessed.basis, guessed.perWeek, guessed.rate], ["replies", 35, null]);
  assertEquals([guessed.quiet, (await experiments.list()).busyTools], [false, 1]);
  await storeExperiment(world.deps.store, { tool: TOOL, state: "ended", startedAt: 1, endedAt: 2 });
  await world.deps.store.transactions.run([], (tx) => {
    const counts = { ...EMPTY_ARM_DAY, people: 40, turns: 1_000 };
    tx.set(experimentKeys.day("experiment", "2026-01-01", "A"), counts);
  });
  const counted = await experiments.forecast({ ...plan, measure: "link" });
  assertEquals([counted.perWeek, counted.quiet], [14, true]);
});

Deno.test("ExperimentService.forecast() without traffic knows no weeks", async () => {
  await using world = await open();
  for (const measure of ["rated", "export"] as const) {
    const { perWeek, rate, weeks, quiet, seen } = await world.services.experiments
      .forecast({ ...plan, measure });
    assertEquals([perWeek, rate, weeks, quiet], [0, null, null, true]);
    assertEquals(seen.map(({ gain }) => gain), [null, null, null]);
  }
});
