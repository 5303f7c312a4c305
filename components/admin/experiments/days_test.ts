import { strictEqual as same } from "node:assert";
import { dateOf, dateOfDay } from "./days.ts";

Deno.test("dateOf() and dateOfDay() have the year where it is another one in the organisation's zone", () => {
  const now = Date.UTC(2026, 11, 31, 22);
  const at = Date.UTC(2026, 9, 12, 12);
  const here = { timeZone: "UTC", now }, there = { timeZone: "Africa/Nairobi", now };
  same(dateOf(at, here), "12 October");
  same(dateOf(at, there), "12 October 2026");
  same(dateOfDay("2026-10-12", here), "12 October");
  same(dateOfDay("2026-10-12", there), "12 October 2026");
});
