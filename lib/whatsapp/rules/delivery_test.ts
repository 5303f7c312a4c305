import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ERROR_SCOPES, type ErrorScope } from "./delivery_codes.ts";
import { deliveryError, mayPassLater, refusalScope } from "./delivery_errors.ts";
import { DELIVERY_STATUSES, furthest, hasFailed } from "./delivery_status.ts";
import { WINDOW_MS, windowClosesAt, windowOpen } from "./window.ts";

const status = fc.constantFrom(...DELIVERY_STATUSES);

Deno.test("furthest() is independent of order and repetition", () => {
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
});

Deno.test("windowOpen() lasts 24 hours to the millisecond, and is false without an inbound message", () => {
  assertEquals(windowOpen(1_000, 1_000), true);
  assertEquals(windowOpen(1_000, 1_000 + WINDOW_MS - 1), true);
  assertEquals(windowOpen(1_000, 1_000 + WINDOW_MS), false);
  assertEquals(windowOpen(null, 5), false);
  assertEquals(windowClosesAt(1_000), 86_401_000);
});

Deno.test("deliveryError() gives the scope and two sentences for each known code", () => {
  const scopes: Record<ErrorScope, number[]> = {
    account: [401, 10001, 20003, 20005, 20404, 21606, 57012, 63001, 63007, 63020, 63038, 63051],
    rate: [429, 20429, 21611, 63017, 63018],
    passing: [20500, 20503, 30001, 63010, 63012],
    doubt: [30008, 408, 500, 502, 503, 504],
    message: [400, 403, 404, 11200, 21617, 21656, 21658, 63005, 63013, 63019, 63021, 63040],
    person: [21211, 21408, 21610, 21614, 63003, 63015, 63016, 63024, 63032, 63049],
  };
  for (const [scope, codes] of Object.entries(scopes)) {
    for (const code of codes) {
      const error = deliveryError(code);
      assertEquals(error.scope, scope, String(code));
      assertEquals(error.optOut, code === 21610 ? true : undefined);
      assertEquals(error.closesWindow, code === 63016 ? true : undefined);
    }
  }
  for (const code of [...Object.values(scopes).flat(), ...Object.keys(ERROR_SCOPES).map(Number)]) {
    const { meaning, action } = deliveryError(code);
    for (const sentence of [meaning, action]) {
      assert.match(sentence, /^[A-Z].{8,160}\.$/s, sentence);
    }
    assert.ok(code < 1_000 || !meaning.includes(String(code)), `${code} is not known`);
  }
});

Deno.test("deliveryError(), refusalScope() name an unknown code and limit it to its message", () => {
  const error = deliveryError(64_999);
  assert.ok(error.meaning.includes("64999") && error.action.includes("errors/64999"));
  assertEquals(error.scope, "message");
  const unknown = fc.integer({ min: 10_000, max: 99_999 }).filter((code) =>
    !(code in ERROR_SCOPES)
  );
  fc.assert(fc.property(unknown, fc.constantFrom(400, 403, 404, 405, 410, 422), (code, status) => {
    assertEquals(refusalScope(code, status), "message");
    assertEquals(mayPassLater(code), false);
  }));
  // Without a code a proxy may have answered: the message is retried, sending goes on.
  for (const status of [403, 404, 408, 500, 503]) {
    assertEquals(refusalScope(null, status), "passing");
  }
  assertEquals(refusalScope(null, 401), "account");
  assertEquals(refusalScope(21408, 403), "person");
});

Deno.test("mayPassLater() holds for temporary faults, not for unknown deliveries", () => {
  for (const code of [63018, 63010, 63012, 30001]) assertEquals(mayPassLater(code), true);
  for (const code of [null, 30008, 63024, 63016, 21610, 20003, 64_999]) {
    assertEquals(mayPassLater(code), false);
  }
});
