import { assert, assertEquals } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld } from "@/tests/support/world.ts";
import { checkTotals, readBooks } from "@/tests/money/books.ts";
import { checkLedger } from "./ledger_check.ts";
import { meteringKeys } from "./records.ts";

/** Records of calls under way, byte for byte as version 0.1 wrote them. */

const DAY = "2026-08-15";
const NOON = Date.parse(`${DAY}T12:00:00Z`);
const PRICE = { input: 150_000_000n, cachedInput: 75_000_000n, output: 600_000_000n };
const HOLD = 615_000n;

/** A web turn without mirror, in the shares of a person and an address. */
const TURN = {
  turn: "0mf2turnturnturn",
  request: "request-1",
  visitor: "visitor-1",
  tool: "general-assistant",
  conversation: "0mf2turnturnturn",
  number: 1,
  question: 0,
  model: "gpt-4o-mini",
  provider: "openai",
  simulated: false,
  channel: "web",
  variant: null,
  version: 1,
  reviewable: false,
  startedAt: NOON,
  maxTokens: 1_000,
  inputEstimate: 25,
  promptTokens: 100,
  images: 0,
  price: PRICE,
  estimate: 183_750n,
  hold: { day: DAY, amount: HOLD },
  ceilings: { tool: 10_000_000n, organisation: null },
  notices: [],
  deliver: null,
  shares: {
    of: [{ kind: "person", id: "visitor-1" }, { kind: "address", id: "hash-of-an-address" }],
    held: HOLD,
  },
};

/** A transcript for a phone. */
const TRANSCRIPT = {
  turn: "0mf2a1b2c3d4e5f6",
  request: "0mf2a1b2c3d4e5f6",
  visitor: "",
  tool: "general-assistant",
  conversation: "",
  number: 0,
  question: 0,
  model: "whisper-1",
  provider: "openai",
  simulated: false,
  channel: "whatsapp",
  variant: null,
  startedAt: NOON,
  maxTokens: 0,
  inputEstimate: 0,
  price: { input: 0n, cachedInput: 0n, output: 0n },
  estimate: 500n,
  hold: { day: DAY, amount: 500n },
  ceilings: { tool: null, organisation: null },
  notices: [],
  shares: { of: [{ kind: "person", id: "visitor-1" }], held: 500n },
};

/** A turn of a simulated phone, whose budget was a share of its own. */
const TRIED_OUT = {
  ...TURN,
  turn: "0mf2simulatedxxx",
  conversation: "0mf2simulatedxxx",
  visitor: "visitor-2",
  channel: "whatsapp",
  apart: true,
  shares: { of: [{ kind: "person", id: "(simulator)" }], held: HOLD },
};

const SUMS = {
  spent: 0n,
  entries: 0,
  beside: 0,
  simulated: 0n,
  apart: 0n,
  input: 0,
  cached: 0,
  output: 0,
  reasoning: 0,
};

function share(held: bigint) {
  const used = { spent: 0n, held };
  return { since: DAY, day: DAY, all: used, tools: { "general-assistant": used } };
}

Deno.test("meteringKeys.running reads turns, transcripts and trials of version 0.1", () => {
  const { schema } = meteringKeys.running("", "");
  const turn = schema.parse(TURN);
  assert.ok(turn.kind === "turn");
  assertEquals([turn.number, turn.conversation, turn.hold.amount], [1, TURN.conversation, HOLD]);
  const day = "day" as const, id = "visitor-1", held = HOLD, tool = TURN.tool;
  assertEquals(turn.budgets.slice(0, 4), [
    { scope: "tool", id: tool, window: day, limit: 10_000_000n, held },
    { scope: "organisation", id: "all", window: day, limit: null, held },
    { scope: "person", id, window: day, limit: null, held, tool },
    { scope: "person", id, window: day, limit: null, held },
  ]);
  assertEquals(turn.attempts.map(({ state, model, hold }) => [state, model, hold]), [
    ["running", "gpt-4o-mini", HOLD],
  ]);
  const transcript = schema.parse(TRANSCRIPT);
  assertEquals([transcript.kind, "number" in transcript], ["auxiliary", false]);
  const scopes = schema.parse(TRIED_OUT).budgets.map(({ scope }) => scope);
  assertEquals(scopes, ["simulator", "simulator"]);
  // Written and read again, the record is unchanged.
  for (const old of [TURN, TRANSCRIPT, TRIED_OUT]) {
    const call = schema.parse(old);
    assertEquals(schema.parse(call), call);
  }
});

Deno.test("recovery settles calls of version 0.1 after an update and releases every hold", async () => {
  await using files = await scratch();
  {
    await using _world = await openWorld({ path: files.store, clock: () => NOON });
    using kv = await Deno.openKv(files.store);
    for (const call of [TURN, TRANSCRIPT, TRIED_OUT]) {
      await kv.set(["running", "gone", call.turn], call);
    }
    const held = HOLD + 500n;
    await kv.set(["day", DAY, "tool", TURN.tool], { ...SUMS, held, holds: 2 });
    await kv.set(["day", DAY, "organisation", "all"], { ...SUMS, held, holds: 2 });
    await kv.set(["person_share", "visitor-1"], share(held));
    await kv.set(["person_share", "(simulator)"], share(HOLD));
    await kv.set(["address_share", "hash-of-an-address"], share(HOLD));
    await kv.set(["progress", TURN.turn], { text: "Two and two is", thinking: 0 });
    await kv.set(["progress", TRIED_OUT.turn], { text: "Two and two is", thinking: 0 });
    await kv.set(["process", "gone"], { place: "elsewhere", pid: 1, expiresAt: 0 });
  }
  await using world = await openWorld({ path: files.store, clock: () => NOON });
  const { store } = world.deps;
  using kv = await Deno.openKv(files.store);
  const books = await readBooks(kv);
  assertEquals([checkTotals(books), books.running], [[], []]);
  assertEquals((await checkLedger(store)).difference, null);
  const entries = new Map(books.entries.map((entry) => [entry.turn, entry]));
  const spent = entries.get(TURN.turn)?.usd ?? 0n;
  assert.ok(spent > 0n && spent < HOLD);
  assertEquals(entries.get(TRANSCRIPT.turn)?.usd, 500n);
  assertEquals([entries.get(TRIED_OUT.turn)?.usd, entries.get(TRIED_OUT.turn)?.apart], [
    spent,
    true,
  ]);
  const shareOf = async (key: ReturnType<typeof meteringKeys.personShare>) => {
    const { value } = await store.kv.get(key);
    assertEquals(value?.tools[TURN.tool], value?.all);
    return value?.all;
  };
  const { personShare, addressShare } = meteringKeys;
  assertEquals(await shareOf(personShare("visitor-1")), { spent: spent + 500n, held: 0n });
  assertEquals(await shareOf(personShare("(simulator)")), { spent, held: 0n });
  assertEquals(await shareOf(addressShare("hash-of-an-address")), { spent, held: 0n });
});
