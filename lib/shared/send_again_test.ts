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

Deno.test("sendAgain() shows a clock time, and seconds only for a short wait, each figure joined to its unit", () => {
  same(
    sendAgain(TEXTS, NOON + 12 * 60 * MINUTE, NOON, true, "UTC"),
    "It opens again at 00:00 (UTC), in 12\u00a0hours.",
  );
  same(
    sendAgain(TEXTS, NOON + 60 * 60 * MINUTE, NOON, true, "UTC"),
    "It opens again at 00:00 (UTC), in 3\u00a0days.",
  );
  same(
    sendAgain(TEXTS, NOON + 5 * MINUTE, NOON, false, "Asia/Kolkata"),
    "You can send again at 17:35 (Asia/Kolkata), in 5\u00a0minutes.",
  );
  same(sendAgain(TEXTS, NOON + 12_300, NOON, false), "You can send again in 13\u00a0s.");
  const swahili = {
    ...TEXTS,
    language: "sw",
    seconds: "Unaweza kutuma tena baada ya sekunde {seconds}.",
    send: "Unaweza kutuma tena saa {time}, {in}.",
  } as const;
  same(
    sendAgain(swahili, NOON + 12_300, NOON, false),
    "Unaweza kutuma tena baada ya sekunde\u00a013.",
  );
  same(
    sendAgain(swahili, NOON + 120 * MINUTE, NOON, false, "UTC"),
    "Unaweza kutuma tena saa 14:00 (UTC), baada ya saa\u00a02.",
  );
  same(sendAgain(TEXTS, NOON - 5, NOON, true), "You can send again in 1\u00a0s.");
});

Deno.test("clockTime() is never a second late", () => {
  same(clockTime(NOON + 900, "en", "UTC"), "12:00 (UTC)");
  same(clockTime(NOON - 900, "en", "America/New_York"), "07:00 (America/New_York)");
});
