import { randomFrom } from "@/tests/money/fates.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { drawsFrom } from "@/tests/support/reference_statistics.ts";
import type { ArmReport } from "../../shared/views/experiment_view.ts";
import { brokenGuard, earlyFailures } from "./guards.ts";

const A: ArmReport = {
  letter: "A",
  note: "",
  share: 50,
  people: 400,
  counted: { good: 140, n: 200 },
  rate: null,
  perConversation: 5_000_000n,
  firstWordMs: 900,
  turns: 1_200,
  failed: 6,
  degraded: 0,
  failedOver: 0,
  refused: 0,
  chanceToBeBest: null,
  expectedLoss: null,
  shrunk: null,
};
const B: ArmReport = { ...A, letter: "B" };

Deno.test("brokenGuard() lets a variant be that is like A, better, or worse within chance", () => {
  assertEquals(brokenGuard([A, B], 400), null);
  assertEquals(brokenGuard([A, { ...B, counted: { good: 190, n: 200 } }], 400), null);
  assertEquals(brokenGuard([A, { ...B, counted: { good: 125, n: 200 } }], 400), null);
  assertEquals(brokenGuard([A, { ...B, failed: 15, perConversation: 9_999_999n }], 400), null);
  assertEquals(brokenGuard([A, { ...B, failed: 0, perConversation: null }], 400), null);
});

Deno.test("brokenGuard() names the variant and the guard: errors, twice the cost, a lower measure", () => {
  assertEquals(brokenGuard([A, B, { ...B, letter: "C", failed: 90 }], 400), {
    letter: "C",
    guard: "errors",
  });
  const dear = { ...B, perConversation: 10_000_000n };
  assertEquals(brokenGuard([A, dear], 400), { letter: "B", guard: "cost" });
  assertEquals(brokenGuard([A, { ...B, counted: { good: 90, n: 200 } }], 400), {
    letter: "B",
    guard: "measure",
  });
});

Deno.test("brokenGuard() compares within the periods between changes of the shares", () => {
  // A bad week with nearly all people on B, then a good one with nearly all on A: equal in each.
  const periods = { A: [{ good: 12, n: 40 }, { good: 360, n: 400 }], B: [] as typeof A.counted[] };
  periods.B = [{ good: 120, n: 400 }, { good: 36, n: 40 }];
  const a = { ...A, counted: { good: 372, n: 440 } }, b = { ...B, counted: { good: 156, n: 440 } };
  assertEquals(brokenGuard([a, b], 400)?.guard, "measure");
  assertEquals(
    brokenGuard([{ ...a, periods: periods.A }, { ...b, periods: periods.B }], 400),
    null,
  );
  const worse = [{ good: 20, n: 400 }, { good: 4, n: 40 }];
  assertEquals(
    brokenGuard([{ ...a, periods: periods.A }, { ...b, periods: worse }], 400)?.guard,
    "measure",
  );
});

Deno.test("brokenGuard() says nothing on few people, and of A", () => {
  const few = { ...B, people: 49, turns: 19, failed: 19, counted: { good: 0, n: 19 } };
  assertEquals(brokenGuard([A, { ...few, perConversation: 90_000_000n }], 400), null);
  assertEquals(brokenGuard([{ ...A, failed: 900 }, B], 400), null);
  assertEquals(brokenGuard([B], 400), null);
});

Deno.test("brokenGuard() pauses at most 5 of 100 experiments with equal variants, looked at daily", () => {
  const draws = drawsFrom(randomFrom(31));
  let paused = 0;
  for (let run = 0; run < 1_000; run++) {
    const arms = [A, B].map(({ letter }) => ({
      ...A,
      letter,
      people: 0,
      turns: 0,
      failed: 0,
      counted: { good: 0, n: 0 },
    }));
    for (let day = 0; day < 60; day++) {
      for (const arm of arms) {
        arm.people += 6;
        arm.turns += 20;
        arm.failed += draws.binomial(20, 0.03);
        arm.counted = { good: arm.counted.good + draws.binomial(3, 0.7), n: arm.counted.n + 3 };
      }
      if (brokenGuard(arms, 400)) {
        paused++;
        break;
      }
    }
  }
  // deno-lint-ignore no-console -- figures to read, in the output of the tests
  console.info(`paused ${paused} of 1,000 experiments with equal variants`);
  assert.ok(paused <= 50, `${paused}`);
});

Deno.test("earlyFailures() finds the variant that loses people before their first word", () => {
  const a = { letter: "A", people: 135, failedFirst: 1 } as const;
  const b = { letter: "B", people: 80, failedFirst: 9 } as const;
  assertEquals(earlyFailures([a, b]), b);
  assertEquals(earlyFailures([a, { ...b, failedFirst: 1 }]), null);
  assertEquals(earlyFailures([a, { ...b, people: 0, failedFirst: 0 }]), null);
});
