import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { type Outbox, outbox } from "../records.ts";
import * as state from "./outbox_state.ts";

const NEW: Outbox = {
  kind: "answer",
  body: "Hello",
  turn: null,
  by: null,
  state: "waiting",
  template: false,
  sid: null,
  status: null,
  code: null,
  why: null,
  tries: 0,
  absences: 0,
  attemptAt: null,
  notBefore: 0,
  at: 0,
  entry: null,
};

/** The transitions from each state. */
const STEPS: Partial<Record<Outbox["state"], ((row: Outbox) => Outbox)[]>> = {
  waiting: [
    (row) => state.beginAttempt(row, { to: "+15551234567", template: false, now: 1 }),
    (row) => state.withhold(row, "window"),
    (row) => state.withhold(row, "optedOut"),
  ],
  trying: [
    (row) => state.undoAttempt(row),
    (row) => state.accept(row, "SM1"),
    (row) => state.doubt(row, 5),
    (row) => state.retryLater(row, { code: 429, notBefore: 5, mostTries: 3 }),
    (row) => state.retryUncounted(row, 401),
    (row) => state.retryAsTemplate(row, 63016),
    (row) => state.refuse(row, 63024),
  ],
  unknown: [
    (row) => state.accept(row, "SM1"),
    (row) => state.concludeAbsent(row, 2, true),
    (row) => state.concludeAbsent(row, 2, false),
    (row) => state.lookAgain(row, 1, 9),
  ],
};

Deno.test("outbox transitions follow OUTBOX_STATES and produce valid records", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 30 }), (choices) => {
      let row = NEW;
      for (const choice of choices) {
        const steps = STEPS[row.state] ?? [];
        const step = steps[choice % steps.length];
        if (!step) return assertEquals(state.OUTBOX_STATES[row.state], []);
        const next = step(row);
        assert.ok(
          state.OUTBOX_STATES[row.state].includes(next.state),
          `${row.state} → ${next.state}`,
        );
        assertEquals(outbox.parse(next), next);
        row = next;
      }
    }),
  );
});

Deno.test("accept() deletes the text of a code and keeps any other", () => {
  assertEquals(state.accept({ ...NEW, kind: "code", body: "2345-ABCD" }, "SM1").body, "");
  assertEquals(state.accept(NEW, "SM1").body, NEW.body);
});

Deno.test("retryLater() refuses after the last attempt", () => {
  const later = { code: 500, notBefore: 7, mostTries: 2 };
  assertEquals(state.retryLater({ ...NEW, tries: 1 }, later).state, "waiting");
  const over = state.retryLater({ ...NEW, tries: 2 }, later);
  assertEquals([over.state, over.why], ["refused", "gaveUp"]);
});

Deno.test("beginAttempt() counts its lookups anew; undoAttempt() takes the attempt back", () => {
  const doubted = { ...NEW, tries: 1, absences: 2 };
  const begun = state.beginAttempt(doubted, { to: "+15551234567", template: false, now: 5 });
  assertEquals([begun.tries, begun.absences, begun.attemptAt], [2, 0, 5]);
  const undone = state.undoAttempt(begun);
  assertEquals([undone.tries, undone.state], [1, "waiting"]);
});
