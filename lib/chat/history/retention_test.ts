import { DatabaseSync } from "node:sqlite";
import { chatKeys, type ConversationHead } from "../records.ts";
import { toolKeys } from "../../tools/records.ts";
import { type Outbox, phoneKeys } from "../../whatsapp/records.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { ClockMonitor } from "../../store/clock_monitor.ts";
import { participantsOf } from "../../deletion.ts";
import { EventBus } from "../../platform/event_bus.ts";
import { RetentionSweep } from "./retention.ts";

const DAY = 24 * 60 * 60_000;
const TOOL = "general-assistant";

async function keepFor(world: World, retentionDays: number, seen: number) {
  await world.services.settings.save({
    who: "ada@example.org",
    group: "retention",
    seen,
    edit: (now) => ({ ...now, retentionDays }),
  });
}

/** Stores a conversation of an earlier day. */
async function lay(world: World, name: string, usedAt: number, aside = false) {
  const head: ConversationHead = {
    conversation: name,
    next: 2,
    turns: 1,
    spent: 0n,
    running: null,
    last: null,
    updatedAt: usedAt,
  };
  await world.deps.store.transactions.run([], (tx) => {
    if (aside) tx.set(chatKeys.archive(name, TOOL, name), { title: name, head });
    else tx.set(chatKeys.head(name, TOOL), head);
    for (const number of [0, 1]) {
      tx.set(chatKeys.message(name, number), {
        id: `${name}${number}`,
        turn: name,
        role: number === 0 ? "user" : "assistant",
        text: "text",
        at: usedAt,
        channel: "web",
        reply: null,
      });
    }
  });
}

async function left(world: World): Promise<string[]> {
  const { kv } = world.deps.store;
  const rows = await kv.list(
    { prefix: ["message"] },
    (path) => chatKeys.message(String(path[1]), Number(path[2])),
  );
  const heads = await kv.list(
    { prefix: ["head"] },
    (path) => chatKeys.head(String(path[1]), String(path[2])),
  );
  const aside = await kv.list(
    { prefix: ["archive"] },
    (path) => chatKeys.archive(String(path[1]), String(path[2]), String(path[3])),
  );
  return [...rows, ...heads, ...aside].map(({ path }) => path.join(" ")).sort();
}

/** A clock that can be set, and an independent monotonic time. */
class TestTime {
  wall = Date.UTC(2026, 10, 23);
  steady = 0;
  readonly clock = () => this.wall;

  pass(ms: number): void {
    this.wall += ms;
    this.steady += ms;
  }
}

Deno.test("RetentionSweep.step() deletes conversations past their retention, current or archived, and nothing else", async () => {
  const time = new TestTime();
  await using world = await openWorld({ clock: time.clock });
  await lay(world, "older", time.wall - 91 * DAY);
  await lay(world, "old", time.wall - 31 * DAY);
  await lay(world, "old-aside", time.wall - 31 * DAY, true);
  await lay(world, "young", time.wall - 29 * DAY);
  await lay(world, "young-aside", time.wall - 29 * DAY, true);
  const { erased, keeper } = watched(world, time);
  const walk = async () => {
    for (let i = 0; i < 30; i++) await keeper.step();
  };
  await keepFor(world, 90, 0);
  await walk();
  assertEquals(erased, ["older"]);
  await keepFor(world, 30, 1);
  await walk();
  assertEquals(erased, ["older", "old", "old-aside"]);
  assertEquals((await left(world)).filter((path) => path.includes("old")), []);
  assertEquals((await left(world)).length, 6);
  time.pass(2 * DAY);
  await walk();
  assertEquals(await left(world), [], "What is too old by now goes too");
});

Deno.test("RetentionSweep.step() deletes messages to phones and deleted tools after their own times", async () => {
  const time = new TestTime();
  await using world = await openWorld({ clock: time.clock });
  const { store } = world.deps;
  const [tool] = await store.tools.list();
  assert.ok(tool);
  const message = (at: number): Outbox => ({
    kind: "reply",
    body: "text",
    turn: null,
    by: null,
    state: "taken",
    template: false,
    sid: null,
    status: null,
    code: null,
    why: null,
    tries: 1,
    absences: 0,
    attemptAt: at,
    notBefore: 0,
    at,
    entry: null,
  });
  const placed = [91, 89, 31, 29].map((days) => time.wall - days * DAY);
  await store.transactions.run([], (tx) => {
    placed.forEach((at, n) => {
      tx.set(phoneKeys.outbox("+254700000000", n), message(at));
      tx.set(toolKeys.toolBin(tool.id, at), { tool, at, by: "ada@example.org" });
    });
  });
  const { keeper } = watched(world, time);
  for (let i = 0; i < 30; i++) await keeper.step();
  const kept = await store.kv.getMany(placed.map((_, n) => phoneKeys.outbox("+254700000000", n)));
  assertEquals(kept.map(({ value }) => value !== null), [false, true, true, true]);
  const bin = await store.kv.getMany(placed.map((at) => toolKeys.toolBin(tool.id, at)));
  assertEquals(bin.map(({ value }) => value !== null), [false, false, false, true]);
});

for (const days of [100, 3_650, -100]) {
  Deno.test(`A clock that jumps by ${days} days for 100 s deletes nothing, is reported, and is believed when it is right again`, async () => {
    const time = new TestTime();
    await using world = await openWorld({ clock: time.clock });
    await lay(world, "young", time.wall - 29 * DAY);
    await lay(world, "aside", time.wall - 29 * DAY, true);
    const { keeper } = watched(world, time);
    await keeper.step();
    time.wall += days * DAY;
    for (let second = 0; second < 100; second += 5) {
      time.pass(5_000);
      assertEquals(await keeper.step(), 0);
    }
    assert.match(keeper.doubt ?? "", /clock jumped/);
    assertEquals(jumps(world), 1, "It is reported once");
    time.wall -= days * DAY;
    time.pass(5_000);
    for (let i = 0; i < 30; i++) await keeper.step();
    assertEquals([keeper.doubt, (await left(world)).length], [null, 6]);
    time.pass(62 * DAY);
    for (let i = 0; i < 30; i++) await keeper.step();
    assertEquals(await left(world), [], "It goes on with what is really too old");
  });
}

Deno.test("ClockMonitor: after a start far from the last run, nothing is deleted until the clock has held for hours", async () => {
  await using files = await scratch();
  const time = new TestTime();
  {
    await using world = await openWorld({ path: files.store, clock: time.clock });
    await lay(world, "young", time.wall - DAY);
    await watched(world, time).keeper.step();
  }
  time.wall += 100 * DAY;
  await using world = await openWorld({ path: files.store, clock: time.clock });
  const { keeper } = watched(world, time);
  const walk = async () => {
    for (let i = 0; i < 30; i++) await keeper.step();
  };
  await walk();
  time.pass(5 * 60 * 60_000);
  await walk();
  assertEquals((await left(world)).length, 3);
  assertEquals(jumps(world), 1);
  time.pass(2 * 60 * 60_000);
  await walk();
  assertEquals([keeper.doubt, await left(world)], [null, []]);
});

Deno.test("ClockMonitor trusts small corrections, and doubts again at a second jump", async () => {
  const time = new TestTime();
  await using world = await openWorld({ clock: time.clock });
  const watch = new ClockMonitor(world.deps, () => time.steady);
  const after = async (ms: number, setBy: number) => {
    time.pass(ms);
    time.wall += setBy;
    return await watch.isTrusted();
  };
  const hour = 60 * 60_000;
  assertEquals(await after(0, 0), true);
  assertEquals(await after(hour, 12 * hour), true, "A laptop that slept");
  assertEquals(await after(hour, -2 * hour), true);
  assertEquals(await after(hour, 50 * DAY), false);
  assertEquals(await after(5 * hour, 0), false);
  assertEquals(await after(hour / 2, 50 * DAY), false, "Another jump begins anew");
  assertEquals(await after(2 * hour, 0), false);
  assertEquals(await after(4 * hour, 0), true);
});

function jumps(world: World): number {
  return world.logged.filter(({ level, message }) =>
    level === "error" && message.startsWith("The clock jumped")
  ).length;
}

Deno.test("RetentionSweep.step() works in batches and covers everything", async () => {
  const time = new TestTime();
  await using world = await openWorld({ clock: time.clock });
  for (let i = 0; i < 120; i++) await lay(world, `old${i}`, time.wall - 8 * DAY);
  await keepFor(world, 7, 0);
  const { keeper } = watched(world, time);
  const steps: number[] = [];
  for (let i = 0; i < 8; i++) steps.push(await keeper.step());
  assertEquals(steps.slice(0, 3), [50, 50, 20]);
  assertEquals(await left(world), []);
});

Deno.test("no record of a conversation has an expiry in the store", async () => {
  await using files = await scratch();
  await using world = await openWorld({ path: files.store });
  const { live } = await world.services.chat.startTurn({
    visitor: "v",
    tool: TOOL,
    request: "request-that-expires",
    channel: "web",
    action: { kind: "send", message: "hello" },
    rateLimitKey: null,
  });
  await live?.ended(5_000);
  await world.services.history.putAside("v", TOOL);
  await lay(world, "a", Date.now());
  const database = new DatabaseSync(files.store, { readOnly: true });
  const rows = database.prepare("select k, expiration_ms from kv").all();
  database.close();
  const families = rows.flatMap(({ k, expiration_ms }) => {
    const [name = ""] = k instanceof Uint8Array ? new TextDecoder().decode(k).split("\0") : [];
    // A byte before the name marks it as text.
    return Number(expiration_ms) > 0 ? [name.slice(1)] : [];
  });
  assert.ok(families.includes("commit"), "It would be seen");
  const kept = ["head", "archive", "message", "ledger", "day", "running", "outbox", "review"];
  assertEquals(kept.filter((family) => families.includes(family)), []);
});

function watched(world: World, time: TestTime) {
  const erased: string[] = [];
  const keeper = new RetentionSweep(
    world.deps,
    {
      expire: async (visitor, tool, conversation) => {
        erased.push(conversation);
        await world.services.history.remove(visitor, tool, conversation);
      },
    },
    participantsOf(world.deps, new EventBus(world.deps.log)),
    new ClockMonitor(world.deps, () => time.steady),
  );
  return { erased, keeper };
}
