import fc from "fast-check";
import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { KEPT, outdated } from "./rotation.ts";

const DAY = 24 * 60 * 60_000;
const START = Date.parse("2026-01-01T02:00:00Z");
const madeOn = (n: number, hour = 0) => {
  const at = START + n * DAY + hour * 60 * 60_000;
  const day = new Date(at).toISOString().slice(0, 10);
  return { name: `${day}-${hour}`, day, at };
};

Deno.test("outdated() keeps seven days, four weeks and six months of a year's nights", () => {
  let all: ReturnType<typeof madeOn>[] = [];
  for (let n = 0; n < 365; n++) {
    all.push(madeOn(n));
    const gone = new Set(outdated(all, [null]));
    all = all.filter(({ name }) => !gone.has(name));
  }
  equal(all.map(({ day }) => day), [
    "2026-07-31",
    "2026-08-31",
    "2026-09-30",
    "2026-10-31",
    "2026-11-30",
    "2026-12-13",
    "2026-12-20",
    "2026-12-25",
    "2026-12-26",
    "2026-12-27",
    "2026-12-28",
    "2026-12-29",
    "2026-12-30",
    "2026-12-31",
  ]);
});

Deno.test("outdated() keeps the newest, the proven one, and no more than its share", () => {
  const made = fc.uniqueArray(
    fc.record({ n: fc.nat(400), hour: fc.nat(20) }),
    { maxLength: 60, minLength: 1, selector: ({ n, hour }) => `${n} ${hour}` },
  );
  fc.assert(fc.property(made, fc.nat(), (list, pick) => {
    const all = list.map(({ n, hour }) => madeOn(n, hour));
    const proven = all[pick % all.length]?.name ?? null;
    const gone = new Set(outdated(all, [proven]));
    const newest = all.toSorted((a, b) => b.at - a.at)[0]?.name ?? "";
    ok(!gone.has(newest) && !gone.has(proven ?? ""));
    ok(all.length - gone.size <= KEPT.days + KEPT.weeks + KEPT.months + 1);
    // A second look deletes nothing more.
    equal(outdated(all.filter(({ name }) => !gone.has(name)), [proven]), []);
  }));
});
