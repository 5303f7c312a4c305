import { AppError } from "@/lib/platform/errors.ts";
import { repliesIn } from "@/lib/metering/ledger.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { until } from "@/tests/support/wait.ts";
import type { KeyContent } from "./rules/key_form.ts";
import { parseCompletion } from "./rules/completion_request.ts";

const DAY = "2026-08-15";
const NOON = Date.parse(`${DAY}T12:00:00Z`);
const TOOL = "recipe-helper";
const OPEN: KeyContent = {
  name: "Website",
  tools: null,
  rate: 600,
  day: null,
  month: null,
  expires: null,
};

async function keyOf(world: World, content: Partial<KeyContent> = {}) {
  const { api } = world.services;
  const id = api.keys.newId();
  const text = await api.keys.make("ada@example.org", id, { ...OPEN, ...content });
  return { id, caller: await api.keyCheck.caller(`Bearer ${text}`, "192.0.2.1") };
}

const asked = (content: string) =>
  parseCompletion({ model: TOOL, messages: [{ role: "user", content }] });

Deno.test("a reply over the API counts in its hour like a turn's: a provider's failure is one, a client that left is none", async () => {
  await using world = await openWorld({ clock: () => NOON });
  const { services: { api }, deps: { store } } = world;
  const { caller } = await keyOf(world);
  const ends = [];
  for (const words of ["Bread?", "[[mock:cut]] Bread?", "[[mock:error=500]]"]) {
    const { run } = await api.completions.start(caller, asked(words));
    ends.push((await run.done).kind);
  }
  assertEquals(ends, ["done", "failed", "failed"]);
  const { run } = await api.completions.start(
    caller,
    asked("[[mock:tokens=900]] [[mock:pace=20]]"),
  );
  await run.begun;
  run.stop();
  await run.done;
  const [hours] = await store.hours.days("tool", TOOL, [DAY]);
  const { api: load } = hours?.channels ?? {};
  assertEquals([load?.turns, load?.errors, load?.entries, load?.beside], [4, 2, 3, 0]);
  const [total] = await store.ledger.days("tool", TOOL, [DAY]);
  assertEquals(total && [repliesIn(total), total.held], [3, 0n]);
});

Deno.test("a key that is ended between its check and the hold is refused in the hold's own commit", async () => {
  await using world = await openWorld({ clock: () => NOON });
  const { services: { api }, deps: { store } } = world;
  const { id, caller } = await keyOf(world);
  await api.keys.end("ada@example.org", id);
  const error = await api.completions.start(caller, asked("Bread?")).then(() => null, (e) => e);
  assert.ok(error instanceof AppError && error.kind === "unauthenticated");
  const [total] = await store.ledger.days("tool", TOOL, [DAY]);
  assertEquals(total?.held ?? 0n, 0n);
});

Deno.test("a key's rate holds for requests at once, and refusals are listed for admins", async () => {
  await using world = await openWorld({ clock: () => NOON });
  const { api, settings } = world.services;
  const { id, caller } = await keyOf(world, { rate: 3 });
  const kinds = await Promise.all(
    Array.from(
      { length: 8 },
      () => api.keyCheck.admit(caller).then(() => "taken", (error) => error.told?.code),
    ),
  );
  assertEquals(kinds.toSorted(), [
    ...Array.from({ length: 5 }, () => "api.rate_limited"),
    "taken",
    "taken",
    "taken",
  ]);
  const { rows } = await settings.limits.refused();
  assertEquals(rows.map(({ kind, who, count }) => [kind, who, count]), [["api", `obt_${id}`, 5]]);
});

Deno.test("Completions.drain() waits for replies, then stops and settles the rest", async () => {
  await using world = await openWorld({ clock: () => NOON });
  const { services: { api }, deps: { store } } = world;
  const { caller } = await keyOf(world);
  const { run } = await api.completions.start(
    caller,
    asked("[[mock:tokens=900]] [[mock:pace=50]]"),
  );
  await run.begun;
  api.completions.refuse();
  await api.completions.drain(50);
  const end = await run.done;
  assertEquals(end.kind === "failed" && end.reason, "interrupted");
  const total = await until(
    "the entry",
    async () => (await store.ledger.days("tool", TOOL, [DAY]))[0],
  );
  assertEquals([total.held, total.entries], [0n, 1]);
  const error = await api.completions.start(caller, asked("More?")).then(() => null, (e) => e);
  assert.ok(error instanceof AppError && error.kind === "unavailable");
});
