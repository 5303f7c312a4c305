import { strictEqual as same } from "node:assert";
import { clockTime, sendAgain } from "./send_again.ts";

const TEXTS = {
  language: "en",
  seconds: "You can send again in {seconds} s.",
  opens: "It opens again at {time}, {in}.",
  send: "You can send again at {time}, {in}.",
} as const;

const NOON = Date.UTC(2026, 2, 5, 12);
const MINUTE = 60_000;

Deno.test("sendAgain() shows a clock time, and seconds only for a short wait", () => {
  same(
    sendAgain(TEXTS, NOON + 12 * 60 * MINUTE, NOON, true, "UTC"),
    "It opens again at 00:00 (UTC), in 12 hours.",
  );
  same(
    sendAgain(TEXTS, NOON + 60 * 60 * MINUTE, NOON, true, "UTC"),
    "It opens again at 00:00 (UTC), in 3 days.",
  );
  same(
    sendAgain(TEXTS, NOON + 5 * MINUTE, NOON, false, "Asia/Kolkata"),
    "You can send again at 17:35 (Asia/Kolkata), in 5 minutes.",
  );
  same(sendAgain(TEXTS, NOON + 12_300, NOON, false), "You can send again in 13 s.");
  same(sendAgain(TEXTS, NOON - 5, NOON, true), "You can send again in 1 s.");
});

Deno.test("clockTime() is never a second late", () => {
  same(clockTime(NOON + 900, "en", "UTC"), "12:00 (UTC)");
  same(clockTime(NOON - 900, "en", "America/New_York"), "07:00 (America/New_York)");
});
