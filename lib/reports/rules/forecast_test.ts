import { assertEquals } from "@/tests/support/assert.ts";
import { daysUntil } from "../../platform/calendar.ts";
import { forecast } from "./forecast.ts";

const days = (today: string, ...spent: bigint[]) =>
  daysUntil(today, spent.length).map((day, i) => ({ day, spent: spent[i] ?? 0n }));

Deno.test("forecast() extrapolates the mean of the last fourteen complete days", () => {
  const fifteen = [...Array.from({ length: 15 }, () => 100n), 40n];
  assertEquals(forecast(days("2026-06-16", ...fifteen)), {
    month: "2026-06",
    soFar: 1_540n,
    perDay: 100n,
    basedOn: 14,
    expected: 1_540n + 60n + 14n * 100n,
  });
});

Deno.test("forecast() starts with the first day of use and is null before its end", () => {
  assertEquals(forecast(days("2026-02-10", 0n, 0n, 90n, 30n, 500n)).perDay, 60n);
  assertEquals(forecast(days("2026-02-10", 0n, 0n, 90n, 30n, 500n)).expected, 620n + 18n * 60n);
  assertEquals(forecast(days("2026-02-10", 0n, 0n, 5n)).expected, null);
});

Deno.test("forecast() uses the earlier month's days for the mean only", () => {
  const { soFar, expected } = forecast(days("2026-03-01", 100n, 100n, 10n));
  assertEquals([soFar, expected], [10n, 100n + 30n * 100n]);
});
