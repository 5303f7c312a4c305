import { LETTERS } from "../../shared/views/experiment_view.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { personStep, takesPart, variantOf } from "./assignment.ts";

const IDS = Array.from({ length: 100_000 }, (_, at) => `visitor-${(at * 7_919).toString(36)}`);

/** Standard errors by which a number of hits in `n` is off a share. */
const errorsOff = (hits: number, n: number, share: number) =>
  Math.abs(hits - n * share) / Math.sqrt(n * share * (1 - share));

Deno.test("personStep() is GrowthBook's hash, version 2", () => {
  assertEquals(personStep("seed", "a"), 505);
  assertEquals(personStep("seed", "b"), 2696);
  assertEquals(personStep("foo", "ab"), 2575);
  assertEquals(personStep("foo", "def"), 2019);
});

Deno.test("variantOf() divides 100,000 ids by the shares, within 3 standard errors", () => {
  for (const shares of [[50, 50], [90, 10], [34, 33, 33], [60, 0, 40], [20, 20, 20, 20, 20]]) {
    const variants = shares.map((share, at) => ({ letter: LETTERS[at] ?? "A", share }));
    const counts = new Map(LETTERS.map((letter) => [letter, 0]));
    for (const id of IDS) {
      const letter = variantOf("k3x", id, variants);
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    const off = variants.map(({ letter, share }) => {
      const count = counts.get(letter) ?? 0;
      return share === 0 ? count : errorsOff(count, IDS.length, share / 100);
    });
    // deno-lint-ignore no-console -- figures to read, in the output of the tests
    console.info(`${shares}: off by ${off.map((each) => each.toFixed(2))} standard errors`);
    assert.ok(off.every((each) => each <= 3), `${[...counts]}`);
  }
});

Deno.test("takesPart() admits its percentage, in which the variants keep their shares", () => {
  const variants = [{ letter: "A", share: 50 }, { letter: "B", share: 50 }] as const;
  for (const include of [1, 25, 50]) {
    const part = IDS.filter((id) => takesPart("k3x", id, include));
    assert.ok(errorsOff(part.length, IDS.length, include / 100) <= 3, `${part.length}`);
    const b = part.filter((id) => variantOf("k3x", id, variants) === "B").length;
    assert.ok(errorsOff(b, part.length, 0.5) <= 3, `${b} of ${part.length}`);
  }
  assertEquals(IDS.filter((id) => !takesPart("k3x", id, 100)).length, 0);
});

Deno.test("takesPart() keeps everybody in when more people are included", () => {
  const moved = IDS.filter((id) => takesPart("k3x", id, 25) && !takesPart("k3x", id, 50));
  assertEquals(moved, []);
});

Deno.test("variantOf() of one experiment says nothing of another one's", () => {
  const variants = [{ letter: "A", share: 50 }, { letter: "B", share: 50 }] as const;
  const same = IDS.filter((id) => variantOf("s1", id, variants) === variantOf("s2", id, variants));
  assert.ok(errorsOff(same.length, IDS.length, 0.5) <= 3, `${same.length}`);
});
