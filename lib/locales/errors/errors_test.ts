import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ADMIN_ERRORS } from "../admin/errors.ts";
import { ERRORS } from "./en.ts";
import { errorText } from "./error_text.ts";

const MIDNIGHT = Date.UTC(2027, 0, 2);

Deno.test("errorText() shows times in the reader's zone and from the reader's now", () => {
  const told = { code: "budget.used", opensAt: MIDNIGHT } as const;
  const eightHours = MIDNIGHT - 8 * 3_600_000;
  assertEquals(
    errorText(told, { timeZone: "UTC", now: eightHours }),
    "This tool has reached today's limit. It opens again at 00:00 (UTC), in 8 hours.",
  );
  assert.match(errorText(told, { timeZone: "Africa/Nairobi", now: eightHours }), /at 03:00/);
  assert.match(errorText(told, { timeZone: "UTC", now: MIDNIGHT - 60_000 }), /again in 60 s\.$/);
});

Deno.test("errorText() uses the plural form of each number", () => {
  const reader = { timeZone: "UTC", now: 0 };
  const limited = (waitMs: number) =>
    errorText({ code: "rate.limited", things: "codes", waitMs }, reader);
  assert.match(limited(900), /in 1 second\.$/);
  assert.match(limited(1_001), /in 2 seconds\.$/);
  const login = (left: number) => errorText({ code: "login.wrong", left }, reader);
  assert.deepEqual([0, 1, 2].map((left) => login(left).split(". ")[1]), [
    "That was the last try for a quarter of an hour.",
    "One try is left.",
    "2 tries are left.",
  ]);
});

Deno.test("errorText() has each code in one catalogue only", () => {
  const twice = Object.keys(ERRORS).filter((code) => Object.hasOwn(ADMIN_ERRORS, code));
  assertEquals(twice, []);
});
