import { DatabaseSync } from "node:sqlite";
import { type Head, keys } from "../store/keys.ts";
import { assertEquals } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { RetentionKeeper } from "./retention.ts";

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

/** A conversation as it lies in the store since some days. */
async function lay(world: World, name: string, usedAt: number, aside = false) {
  const head: Head = {
    conversation: name,
    next: 2,
    turns: 1,
    spent: 0n,
    running: null,
    last: null,
    updatedAt: usedAt,
  };
  await world.deps.store.transactions.run([], (tx) => {
    if (aside) tx.set(keys.archive(name, TOOL, name), { title: name, head });
    else tx.set(keys.head(name, TOOL), head);
    for (const number of [0, 1]) {
      tx.set(keys.message(name, number), {
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
    (path) => keys.message(String(path[1]), Number(path[2])),
  );
  const heads = await kv.list(
    { prefix: ["head"] },
    (path) => keys.head(String(path[1]), String(path[2])),
  );
  const aside = await kv.list(
    { prefix: ["archive"] },
    (path) => keys.archive(String(path[1]), String(path[2]), String(path[3])),
  );
  return [...rows, ...heads, ...aside].map(({ path }) => path.join(" ")).sort();
}

Deno.test("RetentionKeeper.step() deletes what is older than was set, current or put aside, and nothing else", async () => {
  let now = Date.UTC(2026, 10, 23);
  await using world = await openWorld({ clock: () => now });
  await lay(world, "old", now - 31 * DAY);
  await lay(world, "old-aside", now - 31 * DAY, true);
  await lay(world, "young", now - 29 * DAY);
  await lay(world, "young-aside", now - 29 * DAY, true);
  const { erased, keeper } = watched(world);
  assertEquals(await keeper.step(), 0, "While 90 days are kept there is nothing to look for");
  await keepFor(world, 30, 0);
  for (let i = 0; i < 5; i++) await keeper.step();
  assertEquals(erased, ["old", "old-aside"]);
  assertEquals((await left(world)).filter((path) => path.includes("old")), []);
  assertEquals((await left(world)).length, 6);
  now += 2 * DAY;
  for (let i = 0; i < 5; i++) await keeper.step();
  assertEquals(await left(world), [], "What is too old by now goes too");
});

Deno.test("RetentionKeeper.step() does little at a time, and all in the end", async () => {
  const now = Date.UTC(2026, 10, 23);
  await using world = await openWorld({ clock: () => now });
  for (let i = 0; i < 120; i++) await lay(world, `old${i}`, now - 8 * DAY);
  await keepFor(world, 7, 0);
  const { keeper } = watched(world);
  const steps: number[] = [];
  for (let i = 0; i < 8; i++) steps.push(await keeper.step());
  assertEquals(steps.slice(0, 3), [50, 50, 20]);
  assertEquals(await left(world), []);
});

Deno.test("Transactions: what is written expires after the days that are set", async () => {
  const now = Date.now();
  await using files = await scratch();
  const path = files.store;
  await using world = await openWorld({ path });
  await lay(world, "a", now);
  await keepFor(world, 7, 0);
  await lay(world, "b", now);
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = database.prepare("select k, expiration_ms from kv where expiration_ms > 0").all();
  database.close();
  const days = rows.flatMap(({ k, expiration_ms }) =>
    k instanceof Uint8Array && new TextDecoder().decode(k).includes("head\0")
      ? [Math.round((Number(expiration_ms) - now) / DAY)]
      : []
  );
  assertEquals(days.sort((a, b) => b - a), [90, 7]);
});

function watched(world: World) {
  const erased: string[] = [];
  const keeper = new RetentionKeeper(world.deps, async (visitor, tool, conversation) => {
    erased.push(conversation);
    await world.services.history.remove(visitor, tool, conversation);
  });
  return { erased, keeper };
}
