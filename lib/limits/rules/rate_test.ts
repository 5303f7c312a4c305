import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { admit, type RateLimit } from "./rate.ts";

const rate: RateLimit = { limit: 3, windowMs: 60_000 };

/** Requests at the given times; returns which were admitted. */
function play(asked: readonly number[], limit = rate) {
  let times: number[] = [];
  return asked.map((now) => {
    const decision = admit(times, now, limit);
    times = decision.times;
    return { now, ...decision };
  });
}

Deno.test("admit() lets exactly the limit through in a window, and one more at its very end", () => {
  assertEquals(
    play([0, 1, 2, 3, 59_999, 60_000, 60_000]).map((each) => each.admitted),
    [true, true, true, false, false, true, false],
  );
});

Deno.test("admit() returns the remaining requests and the wait", () => {
  const [first, , third, fourth] = play([0, 10_000, 20_000, 30_000]);
  assertEquals(first?.remaining, 2);
  assertEquals(first?.waitMs, 0);
  assertEquals(third?.remaining, 0);
  assertEquals(third?.waitMs, 40_000);
  assertEquals(fourth?.waitMs, 30_000);
});

const limits = fc.record({
  limit: fc.integer({ min: 1, max: 6 }),
  windowMs: fc.integer({ min: 1, max: 200 }),
});
const steps = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 80 });

Deno.test("admit() lets no window at any position exceed the limit", () => {
  fc.assert(fc.property(limits, steps, (limit, pauses) => {
    let now = 0;
    const admitted = play(pauses.map((pause) => now += pause), limit)
      .filter((each) => each.admitted).map((each) => each.now);
    for (const start of admitted) {
      const inside = admitted.filter((at) => at >= start && at < start + limit.windowMs);
      assert.ok(inside.length <= limit.limit);
    }
  }));
});

Deno.test("admit() refuses nothing while a window has room", () => {
  fc.assert(fc.property(limits, steps, (limit, pauses) => {
    let now = 0;
    const before: number[] = [];
    for (const each of play(pauses.map((pause) => now += pause), limit)) {
      const inside = before.filter((at) => at > each.now - limit.windowMs);
      assertEquals(each.admitted, inside.length < limit.limit);
      if (each.admitted) before.push(each.now);
    }
  }));
});

const clock = fc.array(fc.integer({ min: -150, max: 60 }), { maxLength: 60 });

Deno.test("admit() admits after exactly the returned wait, and not a millisecond earlier", () => {
  fc.assert(fc.property(limits, fc.oneof(steps, clock), (limit, pauses) => {
    let now = 1_000_000;
    for (const { now: at, times, waitMs } of play(pauses.map((pause) => now += pause), limit)) {
      assert.ok(waitMs >= 0);
      assertEquals(admit(times, at + waitMs, limit).admitted, true);
      if (waitMs > 0) assertEquals(admit(times, at + waitMs - 1, limit).admitted, false);
    }
  }));
});

Deno.test("admit() refuses for at most two windows after a clock was set back", () => {
  fc.assert(fc.property(limits, clock, (limit, pauses) => {
    let now = 1_000_000;
    for (const { waitMs } of play(pauses.map((pause) => now += pause), limit)) {
      assert.ok(waitMs < 2 * limit.windowMs, `${waitMs} of ${limit.windowMs}`);
    }
  }));
});

Deno.test("admit() keeps only counting times, for any number of requests", () => {
  const all = play(Array.from({ length: 1_000 }, (_, i) => i * 10), {
    limit: 20,
    windowMs: 60_000,
  });
  assert.ok(all.every((each) => each.times.length <= 20));
});
