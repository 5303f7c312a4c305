import { assertEquals } from "@/tests/support/assert.ts";
import { reachesGoal } from "./goal.ts";

const HOUR = 60 * 60_000;
const person = { at: 1_000, turns: 2 };
const turn = (after: number, said = false) => ({ said, startedAt: person.at + after });

Deno.test("reachesGoal() takes a return from one hour to one day after the first turn", () => {
  const returned = (after: number) => reachesGoal({ code: "return" }, person, turn(after));
  assertEquals([HOUR - 1, HOUR, 24 * HOUR, 24 * HOUR + 1].map(returned), [
    false,
    true,
    true,
    false,
  ]);
});

Deno.test("reachesGoal() compares answered turns, and leaves goals outside of turns", () => {
  assertEquals(reachesGoal({ code: "turns", turns: 2 }, person, turn(0)), true);
  assertEquals(reachesGoal({ code: "turns", turns: 3 }, person, turn(0)), false);
  assertEquals(reachesGoal({ code: "phrase", phrase: "x" }, person, turn(0, true)), true);
  for (const code of ["rated", "link", "export"] as const) {
    assertEquals(reachesGoal({ code }, person, turn(2 * HOUR, true)), false);
  }
});
