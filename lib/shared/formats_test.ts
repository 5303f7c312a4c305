import { deepStrictEqual as equals, ok, strictEqual as same } from "node:assert";
import { formatCount, recentTime } from "./formats.ts";
import { LANGUAGES } from "./languages.ts";
import { formatUsd } from "./money.ts";
import { timeUntil } from "./send_again.ts";

Deno.test("formats write amounts, counts and waits in the language, with the digits 0 to 9", () => {
  same(formatUsd(1_500_000n, "es"), "0,0015\u00a0US$");
  same(formatCount(30_000, "pt"), "30.000");
  same(timeUntil(5 * 60_000, "fr"), "dans 5 minutes");
  for (const language of LANGUAGES) {
    const texts = [
      formatUsd(1_500_000n, language),
      formatUsd(2_500_000_000n, language),
      formatCount(61_600, language),
      timeUntil(12 * 60 * 60_000, language),
    ];
    const digits = texts.map((text) => text.replace(/\D/g, ""));
    equals(digits, ["00015", "250", "61600", "12"], language);
  }
});

Deno.test("timeUntil() is in minutes up to an hour and a half, then in hours", () => {
  same(timeUntil(89 * 60_000, "en"), "in 89 minutes");
  same(timeUntil(90 * 60_000, "en"), "in 2 hours");
  ok(timeUntil(1, "en") === "in 1 minute");
});

Deno.test("recentTime() has the year of a day in another one", () => {
  const reader = { language: "en", timeZone: "UTC", now: Date.UTC(2027, 0, 10, 12) } as const;
  same(recentTime(Date.UTC(2027, 0, 10, 9, 5), reader), "09:05");
  same(recentTime(Date.UTC(2027, 0, 8), reader), "Friday");
  same(recentTime(Date.UTC(2027, 0, 1), reader), "January 1");
  same(recentTime(Date.UTC(2026, 11, 31), reader), "December 31, 2026");
  same(
    recentTime(Date.UTC(2026, 11, 31), { ...reader, language: "es" }),
    "31 de diciembre de 2026",
  );
});
