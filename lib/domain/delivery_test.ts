import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { deliveryError } from "./delivery_errors.ts";
import { DELIVERY_STATUSES, furthest, hasFailed, isSettled } from "./delivery_status.ts";
import { WINDOW_MS, windowClosesAt, windowOpen } from "./whatsapp_window.ts";

const status = fc.constantFrom(...DELIVERY_STATUSES);

Deno.test("furthest(): reports may come in any order and twice", () => {
  fc.assert(
    fc.property(fc.array(status, { minLength: 1 }), fc.array(fc.nat()), (reports, order) => {
      const [first = "queued", ...rest] = reports;
      const known = rest.reduce(furthest, first);
      const shuffled = [...reports, ...reports].sort((_, b) => (order[b.length] ?? 0) % 3 - 1);
      assertEquals(shuffled.reduce(furthest), known);
      assertEquals(furthest(known, known), known);
    }),
  );
  assertEquals(furthest("read", "sent"), "read");
  assertEquals(furthest("sent", "delivered"), "delivered");
  assertEquals(furthest("sent", "undelivered"), "undelivered");
  assertEquals(furthest("failed", "queued"), "failed");
  assertEquals(furthest("delivered", "failed"), "delivered");
  assertEquals(DELIVERY_STATUSES.filter(hasFailed), ["canceled", "failed", "undelivered"]);
  assertEquals(DELIVERY_STATUSES.filter((each) => !isSettled(each)), [
    "accepted",
    "scheduled",
    "queued",
    "sending",
    "sent",
  ]);
});

Deno.test("windowOpen(): 24 hours to the millisecond, and never before somebody wrote", () => {
  assertEquals(windowOpen(1_000, 1_000), true);
  assertEquals(windowOpen(1_000, 1_000 + WINDOW_MS - 1), true);
  assertEquals(windowOpen(1_000, 1_000 + WINDOW_MS), false);
  assertEquals(windowOpen(null, 5), false);
  assertEquals(windowClosesAt(1_000), 86_401_000);
});

Deno.test("deliveryError(): what each code of Twilio's wants", () => {
  const later = [429, 20429, 63010, 63012, 63018, 63038, 30001];
  const reconcile = [30008, 500, 502, 503, 504, 408];
  const never = [
    11200,
    20003,
    21211,
    21408,
    21610,
    21614,
    21617,
    21656,
    21658,
    57012,
    63003,
    63005,
    63007,
    63013,
    63015,
    63016,
    63019,
    63021,
    63024,
    63032,
    63049,
    400,
    401,
    403,
  ];
  for (const [retry, codes] of Object.entries({ later, reconcile, never })) {
    for (const code of codes) {
      const error = deliveryError(code);
      assertEquals(
        error.retry,
        retry === "later" ? "later" : retry === "never" ? "never" : "reconcile",
        String(code),
      );
      assertEquals(error.optOut, code === 21610 ? true : undefined);
      assertEquals(error.closesWindow, code === 63016 ? true : undefined);
      for (const sentence of [error.meaning, error.action]) {
        assert.match(sentence, /^[A-Z].{8,160}\.$/s, sentence);
      }
      assert.ok(code < 1_000 || !error.meaning.includes(String(code)), `${code} is not known`);
    }
  }
});

Deno.test("deliveryError(): an unknown code says that it is unknown and is not tried again", () => {
  const error = deliveryError(64_999);
  assert.ok(error.meaning.includes("64999") && error.action.includes("errors/64999"));
  assertEquals(error.retry, "never");
});
