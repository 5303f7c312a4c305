import fc from "fast-check";
import { DELIVERY_STATUSES } from "../rules/delivery_status.ts";
import { type Outbox, outboxKind, outboxState } from "../records.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { deliveryFaultOf, isFaulty, notReached, stateOf, tickOf } from "./delivery_lines.ts";

const WHYS = ["optedOut", "blocked", "window", "follows", "gaveUp", "overBudget"] as const;

const row: fc.Arbitrary<Outbox> = fc.record({
  kind: fc.constantFrom(...outboxKind.options),
  body: fc.string(),
  turn: fc.constant(null),
  by: fc.constant(null),
  state: fc.constantFrom(...outboxState.options),
  template: fc.boolean(),
  sid: fc.constant(null),
  status: fc.option(fc.constantFrom(...DELIVERY_STATUSES)),
  code: fc.option(fc.constantFrom(400, 401, 429, 500, 20003, 21211, 21610, 63016, 63018, 99999)),
  why: fc.option(fc.constantFrom(...WHYS)),
  tries: fc.nat(12),
  absences: fc.nat(3),
  attemptAt: fc.constant(null),
  notBefore: fc.constant(0),
  at: fc.constant(0),
  entry: fc.constant(null),
});

Deno.test("deliveryFaultOf() gives a meaning and an action for every message that failed or may have", () => {
  fc.assert(fc.property(row, (message) => {
    const fault = deliveryFaultOf(message);
    if (isFaulty(message)) {
      assert.ok(fault, "It says something");
      assert.match(fault.meaning, /^[A-Z].*[.)]$/);
      assert.match(fault.action, /^[A-Z].*\.$/);
    }
    if (fault && message.code !== null) assertEquals(fault.code, message.code);
  }));
});

Deno.test("stateOf() and tickOf() distinguish delivered messages from failed ones", () => {
  fc.assert(fc.property(row, (message) => {
    const { level, state } = stateOf(message);
    assert.notEqual(state, "");
    assertEquals(level === "bad", notReached(message));
    assertEquals(level === "warn", message.state === "unknown");
    if (level === "good") assert.match(tickOf(message), /^(read|delivered)$/);
    if (notReached(message)) assertEquals(tickOf(message), "failed");
  }));
});

Deno.test("deliveryFaultOf() is null for messages that wait or were sent", () => {
  fc.assert(fc.property(row, (message) => {
    const well = { ...message, code: null, why: null, status: null, tries: 0 };
    assertEquals(deliveryFaultOf({ ...well, state: "waiting" }), null);
    assertEquals(deliveryFaultOf({ ...well, state: "taken", status: "delivered" }), null);
  }));
});
