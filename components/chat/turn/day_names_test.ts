import { strictEqual as same } from "node:assert";
import { dayNames } from "./day_names.ts";

const NOW = Date.UTC(2026, 10, 29, 1);
const HOUR = 60 * 60_000;

Deno.test("dayNames() are today, yesterday and dates in the reader's zone and language", () => {
  const english = dayNames({ language: "en", timeZone: "Africa/Nairobi", now: NOW });
  same(english(NOW), "today");
  same(english(NOW - 4 * HOUR), "today", "00:00 in Nairobi");
  same(english(NOW - 5 * HOUR), "yesterday");
  same(english(NOW - 29 * HOUR), "November 27, 2026");
  const arabic = dayNames({ language: "ar", timeZone: "UTC", now: NOW });
  same(arabic(NOW), "اليوم");
  same(arabic(NOW - 50 * HOUR).includes("2026"), true);
});
