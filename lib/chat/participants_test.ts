import { z } from "zod";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { DAY, NOON, openingOf } from "@/tests/money/openings.ts";
import { family } from "../store/key.ts";
import { DEFAULT_TOOLS } from "../tools/rules/defaults/default_tools.ts";
import { openStore, type Store } from "../stores.ts";
import { chatKeys } from "./records.ts";
import { partsToBegin, type TurnParticipant } from "./participants.ts";
import { beginTurn } from "./turn/begin_turn.ts";
import { settleTurn } from "./turn/settle_turn.ts";
import type { TurnOutcome } from "./turn/turn_outcome.ts";

const note = family<string, [when: string, turn: string]>("test_note", z.string());
const [TOOL] = DEFAULT_TOOLS("gpt-4o-mini");
const ANSWER: TurnOutcome = {
  text: "Four.",
  reason: "stop",
  at: NOON,
  hour: 12,
  waitedMs: null,
  spent: null,
  failure: null,
  followed: true,
  progressKept: false,
};

/** Writes a note when a turn begins and when it is settled, and costs 7 more. */
const NOTES: TurnParticipant = {
  name: "notes",
  begin: ({ visitor }) => ({
    run: (tx, { text }) => {
      tx.set(note("begun", visitor), text);
      return { keep: { said: text }, cost: 7n };
    },
  }),
  settle: ({ visitor, participants }) => ({
    reads: [note("begun", visitor)],
    run: (tx, { kept, messages }) => {
      const { said } = z.object({ said: z.string() }).parse(participants?.notes);
      tx.set(
        note("settled", visitor),
        `${tx.get(note("begun", visitor)) === said} ${kept} ${messages}`,
      );
      return 7n;
    },
  }),
};

async function begun(store: Store, ceiling: bigint | null = null) {
  assert.ok(TOOL);
  const parts = partsToBegin([NOTES], {
    visitor: "v",
    tool: TOOL,
    channel: "web",
    now: NOON,
    day: DAY,
  });
  const ceilings = { tool: ceiling, organisation: null };
  const turn = { turn: "t", process: "p", visitor: "v", ceilings, parts, text: "Two and two?" };
  const begun = await beginTurn(store.transactions, openingOf(turn));
  assert.ok(begun.kind === "begun");
  return begun.running;
}

const open = () => openStore({ path: ":memory:", report: () => {} });
const ALERTING = { sessionAt: 0n, shares: [] };
const TURN = { process: "p", outcome: ANSWER, participants: [NOTES] };

Deno.test("beginTurn() runs participants in its own commit, and none when the turn is refused", async () => {
  const store = await open();
  await assertRejects(() => begun(store, 1n), "budget.used");
  assertEquals((await store.kv.get(note("begun", "v"))).value, null);
  const { participants, hold } = await begun(store);
  assertEquals(participants, { notes: { said: "Two and two?" } });
  assertEquals((await store.kv.get(note("begun", "v"))).value, "Two and two?");
  const [day] = await store.ledger.days("tool", "tool-0", [DAY]);
  assertEquals(day?.held, hold.amount);
  await store.close();
});

Deno.test("settleTurn() gives participants their kept data and the conversation's state", async () => {
  const store = await open();
  const running = await begun(store);
  await settleTurn(store.transactions, { ...TURN, running }, ALERTING);
  assertEquals((await store.kv.get(note("settled", "v"))).value, "true true 2");
  await store.close();
});

Deno.test("settleTurn() tells participants that the conversation is gone", async () => {
  const store = await open();
  const running = await begun(store);
  await store.transactions.run([], (tx) => tx.delete(chatKeys.head("v", "tool-0")));
  await settleTurn(store.transactions, { ...TURN, running }, ALERTING);
  assertEquals((await store.kv.get(note("settled", "v"))).value, "true false 0");
  await store.close();
});

Deno.test("settleTurn() writes nothing when a participant throws", async () => {
  const store = await open();
  const running = await begun(store);
  const broken: TurnParticipant = {
    name: "broken",
    settle: () => ({
      reads: [],
      run: () => {
        throw new Error("cannot be written");
      },
    }),
  };
  const turn = { ...TURN, running, participants: [NOTES, broken] };
  await assertRejects(() => settleTurn(store.transactions, turn, ALERTING), "cannot be written");
  assertEquals((await store.kv.get(note("settled", "v"))).value, null);
  assertEquals((await store.conversations.head("v", "tool-0"))?.running?.turn, "t");
  await store.close();
});
