import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import type { ChatEvent, StartEvent } from "../../shared/chat_events.ts";
import {
  type Cursor,
  type EmittedEvent,
  endCursor,
  eventsSince,
  formatCursor,
  parseCursor,
  START_CURSOR,
  type TurnState,
} from "./turn_events.ts";

const start: StartEvent = {
  type: "start",
  turnId: "t",
  model: "m",
  variant: null,
  estimate: { usd: "0.01" },
  question: { id: "q", seq: 0, text: "?", html: "<p>?</p>", channel: "web", at: 0 },
  simulated: false,
};
const closing: ChatEvent[] = [
  {
    type: "cost",
    turn: "0.01",
    session: "0.01",
    toolToday: "0.01",
    ceiling: null,
    level: "yellow",
    basis: "reported",
    simulated: false,
  },
  { type: "done", messageId: "a", at: 0, seq: 1, html: "", reason: "stop" },
];
const empty: TurnState = {
  conversation: "c",
  turn: 1,
  start,
  text: "",
  blocks: [],
  ends: [],
  notices: [],
  closing: [],
};

/** Growth of a turn: text, a block of the text so far, a notice; at last its end. */
const growth = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("text" as const), text: fc.string({ minLength: 1 }) }),
    fc.constant({ kind: "block" as const }),
    fc.constant({ kind: "notice" as const }),
  ),
  { maxLength: 30 },
);

/** All states of a turn, from its beginning to its end. */
function statesOf(steps: typeof growth extends fc.Arbitrary<infer T> ? T : never): TurnState[] {
  const states = [empty];
  let state = empty;
  for (const step of steps) {
    if (step.kind === "text") state = { ...state, text: state.text + step.text };
    else if (step.kind === "block") {
      state = {
        ...state,
        blocks: [...state.blocks, `<p>${state.blocks.length}</p>`],
        ends: [...state.ends, state.text.length],
      };
    } else {
      const text = `notice ${state.notices.length}`;
      state = { ...state, notices: [...state.notices, { type: "notice", kind: "alert", text }] };
    }
    states.push(state);
  }
  states.push({ ...state, closing });
  return states;
}

/** The content that a reader assembles from events. */
function gathered(events: readonly ChatEvent[]) {
  const all = {
    starts: 0,
    text: "",
    blocks: [] as string[],
    upTo: 0,
    notices: [] as string[],
    costs: 0,
    ends: 0,
  };
  for (const event of events) {
    if (event.type === "start") all.starts++;
    else if (event.type === "delta") all.text += event.text;
    else if (event.type === "html") {
      all.blocks.push(...event.blocks);
      all.upTo = event.upTo;
    } else if (event.type === "withdrawn") {
      assert.ok(all.text !== "" || all.blocks.length > 0);
      all.text = "";
      all.blocks = [];
      all.upTo = 0;
    } else if (event.type === "notice") all.notices.push(event.text);
    else if (event.type === "cost") all.costs++;
    else all.ends++;
  }
  return all;
}

function whole(state: TurnState) {
  return {
    starts: 1,
    text: state.text,
    blocks: [...state.blocks],
    upTo: state.ends.at(-1) ?? 0,
    notices: state.notices.map((notice) => notice.text),
    costs: 1,
    ends: 1,
  };
}

/** The same, with the text taken back some states before the end. */
function withdrawn(states: readonly TurnState[], settledAfter: number): TurnState[] {
  const state = last([...states]);
  const back = { ...state, text: "", blocks: [], ends: [], withdrawn: "provider-withdrawn" };
  const open = Array.from({ length: settledAfter }, () => ({ ...back, closing: [] }));
  return [...states.slice(0, -1), ...open, { ...back, closing }];
}

const last = (states: TurnState[]) => states.at(-1) ?? empty;

/** How a turn ends: with its text, or with none, known before or with its end. */
const ends = fc.constantFrom(
  (states: TurnState[]) => states,
  (states: TurnState[]) => withdrawn(states, 1),
  (states: TurnState[]) => withdrawn(states, 0),
);

Deno.test("eventsSince() takes a withdrawn text back once, from readers who have some of it", () => {
  const text = [{ kind: "text" as const, text: "Hello" }, { kind: "block" as const }];
  const states = withdrawn(statesOf(text), 1);
  const types = (cursor: Cursor) =>
    eventsSince(last(states), cursor).events.map(({ event }) => event.type);
  const [, half = empty] = states;
  const { cursor } = eventsSince(half, START_CURSOR);
  assertEquals(types(START_CURSOR), ["start", "cost", "done"]);
  assertEquals(types(cursor), ["withdrawn", "cost", "done"]);
  const taken = eventsSince(states.at(-2) ?? empty, cursor);
  assertEquals(taken.events.map(({ event }) => event), [
    { type: "withdrawn", code: "provider-withdrawn" },
  ]);
  assertEquals(types(taken.cursor), ["cost", "done"]);
});

Deno.test("eventsSince() yields the whole turn exactly once for calls at any times", () => {
  fc.assert(fc.property(growth, fc.array(fc.boolean()), ends, (steps, asks, end) => {
    const states = end(statesOf(steps));
    let cursor: Cursor = START_CURSOR;
    const events: ChatEvent[] = [];
    for (const [i, state] of states.entries()) {
      if (asks[i] === false && i < states.length - 1) continue;
      const since = eventsSince(state, cursor);
      events.push(...since.events.map((emitted) => emitted.event));
      cursor = since.cursor;
    }
    assertEquals(gathered(events), whole(last(states)));
    assertEquals(cursor, endCursor(last(states)));
    assertEquals(eventsSince(last(states), cursor).events, []);
  }));
});

Deno.test("eventsSince() loses nothing for a reader who reconnects with the id of any event", () => {
  const cuts = fc.array(fc.tuple(fc.nat(6), fc.nat(8)), { maxLength: 8 });
  fc.assert(
    fc.property(growth, cuts, ends, (steps, breaks, end) => {
      const states = end(statesOf(steps));
      const kept: EmittedEvent[] = [];
      let at = 0;
      // Each connection gets some later states, and the first few of its events arrive.
      for (const [further, arrive] of [...breaks, [states.length, Infinity] as const]) {
        let cursor = parseCursor(kept.findLast(({ id }) => id !== null)?.id ?? "") ?? START_CURSOR;
        const connection: EmittedEvent[] = [];
        at = Math.min(states.length - 1, at + further);
        for (let i = Math.max(0, at - 1); i <= at; i++) {
          const since = eventsSince(states[i] ?? empty, cursor);
          cursor = since.cursor;
          connection.push(...since.events);
        }
        kept.push(...connection.slice(0, arrive));
      }
      const { costs, ...rest } = gathered(kept.map(({ event }) => event));
      const { costs: _, ...expected } = whole(last(states));
      assertEquals(rest, expected);
      // A cost event may repeat after a break right behind it; readers replace it.
      assert.ok(costs >= 1);
    }),
    { numRuns: 500 },
  );
});

Deno.test("eventsSince() starts at the beginning for a cursor of another turn or conversation", () => {
  const [state] = statesOf([{ kind: "text", text: "Hello" }]).slice(1);
  assert.ok(state);
  for (
    const cursor of [{ ...endCursor(state), turn: 7 }, { ...endCursor(state), conversation: "x" }]
  ) {
    const { events } = eventsSince(state, cursor);
    assertEquals(events.map(({ event }) => event.type), ["start", "delta"]);
  }
});

Deno.test("eventsSince() does not change its cursor argument", () => {
  const cursor = Object.freeze({ ...START_CURSOR, conversation: "c", turn: 1, ended: false });
  assertEquals(eventsSince(last(statesOf([{ kind: "notice" }])), cursor).cursor.notices, 1);
});

const cursors: fc.Arbitrary<Cursor> = fc.record({
  conversation: fc.stringMatching(/^[\w-]{0,40}$/),
  turn: fc.nat(999_999_999),
  offset: fc.nat(999_999_999),
  blocks: fc.nat(999_999_999),
  notices: fc.nat(999_999_999),
  ended: fc.boolean(),
}, { noNullPrototype: true });

Deno.test("parseCursor() reads formatCursor()'s output", () => {
  fc.assert(fc.property(cursors, (cursor) => {
    assertEquals(parseCursor(formatCursor(cursor)), cursor);
  }));
});

Deno.test("parseCursor() rejects anything else", () => {
  for (
    const text of [
      "",
      "c",
      "c.1.2.3.4",
      "c.1.2.3.4.2",
      "c.-1.0.0.0.0",
      "c.1.0.0.0.0\n",
      "é.1.0.0.0.0",
    ]
  ) {
    assertEquals(parseCursor(text), null, text);
  }
  fc.assert(fc.property(fc.string(), (text) => {
    const cursor = parseCursor(text);
    assert.ok(cursor === null || formatCursor(cursor).length <= text.length);
  }));
});

Deno.test("eventsSince() tolerates a cursor beyond the turn's end", () => {
  fc.assert(fc.property(growth, cursors, (steps, cursor) => {
    const state = last(statesOf(steps));
    const { events } = eventsSince(state, { ...cursor, conversation: "c", turn: 1 });
    assert.ok(gathered(events.map(({ event }) => event)).text.length <= state.text.length);
  }));
});
