import { assertEquals } from "../../../tests/support/assert.ts";
import { changedBudgetTexts } from "./changed_budgets.ts";

Deno.test("changedBudgetTexts() says what changes from what to what, and counts the rest", () => {
  const names = { "tool-day-a": "Math Tutor, a day", toolDay: "Every other tool, a day", x: "X" };
  const was = { "tool-day-a": "1.50", toolDay: "", x: "1", unnamed: "1" };
  const said = (now: Record<string, string>) => changedBudgetTexts(was, { ...was, ...now }, names);
  assertEquals(said({ unnamed: "2", "tool-day-a": " 1.50" }), "");
  assertEquals(
    said({ "tool-day-a": "2.00" }),
    "1 change. Math Tutor, a day: $2.00 instead of $1.50",
  );
  assertEquals(
    said({ toolDay: "3", x: "" }),
    "2 changes. Every other tool, a day: $3 instead of empty; X: empty instead of 1",
  );
  const many = Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [name, name]));
  assertEquals(
    changedBudgetTexts({}, many, many),
    "5 changes. a: a instead of empty; b: b instead of empty; c: c instead of empty; 2 more",
  );
});
