import { strictEqual as same } from "node:assert";
import { shortDay } from "./formats.ts";

Deno.test("shortDay() has the year beside a day of another year", () => {
  same(shortDay("2026-06-15"), "Jun 15");
  same(shortDay("2026-12-31", "2026-12-01"), "Dec 31");
  same(shortDay("2026-12-31", "2027-01-05"), "Dec 31, 2026");
  same(shortDay("09:00", "10:00"), "09:00");
});
