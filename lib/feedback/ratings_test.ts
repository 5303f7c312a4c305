import fc from "fast-check";
import type { Thumb } from "../shared/views/chat_view.ts";
import { chatKeys } from "../chat/records.ts";
import { ask, repliesOf, TOOL } from "@/tests/support/asking.ts";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { openWorld, type World } from "@/tests/support/world.ts";

const OTHER = "code-helper";

function rate(world: World, message: string, verdict: Thumb | null, more = {}) {
  return world.services.ratings.rate({
    visitor: "v1",
    tool: TOOL,
    message,
    verdict,
    address: null,
    ...more,
  });
}

Deno.test("RatingService.rate(): sums equal the latest ratings, for any number and order of calls", async () => {
  await using world = await openWorld();
  const { store, calendar, clock } = world.deps;
  const day = calendar.dayOf(clock());
  for (const [visitor, tool, channel] of [["v1", TOOL, "web"], ["v2", OTHER, "api"]] as const) {
    for (const text of ["one", "two"]) await ask(world, text, { visitor, tool, channel });
  }
  const replies = [
    ...(await repliesOf(world)).map(({ id, seq }) => ({ id, seq, visitor: "v1", tool: TOOL })),
    ...(await repliesOf(world, "v2", OTHER)).map(({ id, seq }) => ({
      id,
      seq,
      visitor: "v2",
      tool: OTHER,
    })),
  ];
  const last = new Map<string, Thumb | null>();
  const step = fc.record({
    reply: fc.nat(replies.length - 1),
    verdict: fc.constantFrom("up" as const, "down" as const, null),
    hint: fc.constantFrom(true, false, "wrong" as const),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      await Promise.all(steps.map(async ({ reply, verdict, hint }) => {
        const { id, seq, visitor, tool } = replies[reply] ??
          { id: "", seq: 0, visitor: "", tool: "" };
        const number = hint === "wrong" ? seq + 1 : hint ? seq : null;
        last.set(id, verdict);
        await rate(world, id, verdict, { visitor, tool, number });
        if (verdict !== null) await rate(world, id, verdict, { visitor, tool });
        await rate(world, id, verdict, { visitor, tool, number });
      }));
      // Concurrent ratings have no order: rate once more, one by one.
      for (const { id, visitor, tool } of replies) {
        await rate(world, id, last.get(id) ?? null, { visitor, tool });
      }
      const count = (verdict: Thumb, fits: (tool: string) => boolean) =>
        replies.filter(({ id, tool }) => last.get(id) === verdict && fits(tool)).length;
      const expected = (fits: (tool: string) => boolean = () => true) => ({
        up: count("up", fits),
        down: count("down", fits),
      });
      for (
        const [scope, name, sum] of [
          ["organisation", "all", expected()],
          ["tool", TOOL, expected((tool) => tool === TOOL)],
          ["tool", OTHER, expected((tool) => tool === OTHER)],
          ["channel", "web", expected((tool) => tool === TOOL)],
          ["channel", "api", expected((tool) => tool === OTHER)],
        ] as const
      ) assertEquals(await store.ratings.days(scope, name, [day]), [sum], `${scope} ${name}`);
    }),
    { numRuns: 15 },
  );
  const { report } = await world.services.costs.report(7);
  const { up, down } = report.total.satisfaction;
  assertEquals(up + down, [...last.values()].filter((verdict) => verdict !== null).length);
  for (const part of ["tools", "models", "channels"] as const) {
    const sums = report[part].map(({ figures }) => figures.satisfaction);
    assertEquals(sums.reduce((all, each) => all + each.up + each.down, 0), up + down, part);
  }
});

Deno.test("RatingService.rate() stores what experiments need; a page shows the rating, its reason stays until it is withdrawn", async () => {
  await using world = await openWorld();
  await ask(world, "hello");
  const [reply] = await repliesOf(world);
  assert.ok(reply);
  assertEquals(reply.reply?.rating, undefined);
  assertEquals(await rate(world, reply.id, "down", { reason: "Too long" }), 1);
  assertEquals((await repliesOf(world))[0]?.reply?.rating, "down");
  await rate(world, reply.id, "down");
  const kept = await world.services.ratings.of("v1", TOOL, reply.id);
  assertEquals(
    [kept?.reason, kept?.tool, kept?.version, kept?.variant, kept?.simulated],
    ["Too long", TOOL, 1, null, true],
  );
  assertEquals(kept?.model, reply.reply?.model);
  await rate(world, reply.id, "up");
  assertEquals((await world.services.ratings.of("v1", TOOL, reply.id))?.reason, "");
  await rate(world, reply.id, null);
  assertEquals(await world.services.ratings.of("v1", TOOL, reply.id), null);
});

Deno.test("RatingService.rate() accepts replies of the visitor's own conversation only, within the rate limit", async () => {
  await using world = await openWorld();
  await ask(world, "hello");
  await ask(world, "mine", { visitor: "v2" });
  const [reply] = await repliesOf(world);
  assert.ok(reply);
  const question = reply.id.replace(/a$/, "q");
  await assertRejects(() => rate(world, reply.id, "up", { visitor: "v2" }), "reply.gone");
  await assertRejects(() => rate(world, reply.id, "up", { tool: OTHER }), "reply.gone");
  await assertRejects(() => rate(world, question, "up"), "reply.gone");
  await assertRejects(() => rate(world, "x".repeat(40), "up", { number: 1 }), "reply.gone");
  const many = { address: "192.0.2.1" };
  for (let i = 0; i < 60; i++) await rate(world, reply.id, i % 2 ? "up" : "down", many);
  await assertRejects(() => rate(world, reply.id, "down", many), "rate.limited");
  assertEquals((await world.services.ratings.of("v1", TOOL, reply.id))?.verdict, "up");
});

Deno.test("RatingService: a regenerated reply is unrated; the rating of the earlier one stays counted", async () => {
  await using world = await openWorld();
  const { store, calendar, clock } = world.deps;
  await ask(world, "hello");
  const [first] = await repliesOf(world);
  assert.ok(first);
  await rate(world, first.id, "down");
  await ask(world, "", { action: { kind: "regenerate" } });
  const [second] = await repliesOf(world);
  assert.ok(second && second.id !== first.id);
  assertEquals(second.reply?.rating, undefined);
  await assertRejects(() => rate(world, first.id, "up", { number: 1 }), "reply.gone");
  await rate(world, second.id, "up");
  const day = calendar.dayOf(clock());
  assertEquals(await store.ratings.days("tool", TOOL, [day]), [{ up: 1, down: 1 }]);
});

Deno.test("RatingService.rate() and the settlement of another turn keep each other's writes", async () => {
  await using world = await openWorld({ env: { MOCK_PACE_MS: "5" } });
  await ask(world, "one");
  const [reply] = await repliesOf(world);
  assert.ok(reply);
  await ask(world, "two", { wait: false });
  await Promise.all(
    ["up", "down", "up"].map((verdict) => rate(world, reply.id, verdict === "up" ? "up" : "down")),
  );
  const head = await world.deps.store.kv.get(chatKeys.head("v1", TOOL));
  assert.ok(head.value?.rated);
});
