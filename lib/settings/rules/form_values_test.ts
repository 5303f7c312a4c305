import { assertEquals } from "@/tests/support/assert.ts";
import { isDay } from "./form_values.ts";

Deno.test("isDay() takes days that exist", () => {
  const days = ["2026-12-31", "2028-02-29"];
  const others = ["2027-02-29", "2026-13-01", "2026-1-1", "1999-01-01", "2026-12-31T00", "", "x"];
  assertEquals([...days, ...others].filter(isDay), days);
});
