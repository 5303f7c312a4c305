import fc from "fast-check";
import { assertEquals } from "@/tests/support/assert.ts";
import { Engines } from "./engines.ts";

/*
 * Any sequence of operations on holds and attempts, in one process or three on one store, leaves exact books
 * after every step.
 */

const RUNS = Number(Deno.env.get("PROPERTY_RUNS") ?? 40);

const engine = fc.nat(2);
const visitor = fc.nat(5);
const pick = fc.nat(20);
/** A part of a worst case. fc.double() would nearly always be next to nothing. */
const part = fc.integer({ min: 0, max: 1_000 }).map((n) => n / 1_000);
const loss = fc.constantFrom(null, null, null, "error" as const, "failed" as const);

type Step = (engines: Engines) => Promise<unknown>;

const beginning = fc.record({
  engine,
  visitor,
  prompt: fc.integer({ min: 20, max: 3_000 }),
  most: fc.integer({ min: 1, max: 3_000 }),
  clamp: fc.boolean(),
  loss,
});
const ending = fc.record({
  pick,
  share: fc.option(part, { freq: 4 }),
  times: fc.constantFrom(1, 1, 1, 2),
  loss,
});

/** A step with a name for failure messages. */
function named(name: string, run: Step): Step & { toString(): string } {
  return Object.assign((engines: Engines) => run(engines), { toString: () => name });
}

const begin = beginning.map((b) =>
  named(
    `begin ${JSON.stringify(b)}`,
    (engines) => engines.begin(b.engine, b.visitor, b.prompt, b.most, b.clamp, b.loss),
  )
);
const settle = ending.map((e) =>
  named(
    `${e.share === null ? "release" : "settle"} ${JSON.stringify(e)}`,
    (engines) => engines.settle(e.pick, e.share, e.times, e.loss),
  )
);
const fail = fc.record({
  pick,
  share: fc.option(part, { freq: 2 }),
  next: fc.constantFrom("dearer" as const, "cheaper" as const),
  loss,
}).map((f) =>
  named(
    `fail ${JSON.stringify(f)}`,
    (engines) => engines.fail(f.pick, f.share, f.next, f.loss),
  )
);
const step = fc.oneof(
  { arbitrary: begin, weight: 8 },
  { arbitrary: settle, weight: 5 },
  { arbitrary: fail, weight: 6 },
  // Several at once, over several processes, with some answers lost.
  {
    arbitrary: fc.array(fc.oneof(begin, settle), { minLength: 2, maxLength: 8 }).map((steps) =>
      named(
        `at once ${steps.join("; ")}`,
        (engines) => Promise.all(steps.map((each) => each(engines))),
      )
    ),
    weight: 4,
  },
  {
    arbitrary: pick.map((p) => named(`progress ${p}`, (engines) => engines.progress(p))),
    weight: 2,
  },
  {
    arbitrary: fc.tuple(engine, visitor).map(([e, v]) =>
      named(`reset ${e} ${v}`, (engines) => engines.reset(e, v))
    ),
    weight: 1,
  },
  { arbitrary: engine.map((e) => named(`crash ${e}`, (engines) => engines.crash(e))), weight: 2 },
);

Deno.test("Holds, attempts, settlements, releases, crashes and lost answers in any order leave exact books", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      fc.array(step, { minLength: 1, maxLength: 30, size: "max" }),
      async (count, steps) => {
        await using engines = await Engines.start(count);
        for (const each of steps) {
          await each(engines);
          assertEquals(await engines.wrong(), []);
        }
      },
    ),
    { numRuns: RUNS, endOnFailure: true },
  );
});
