import { checkHalves, checkTotals, readBooks } from "@/tests/money/books.ts";
import { randomFrom } from "@/tests/money/fates.ts";
import { fileStore, remoteStore, type TestStore } from "@/tests/money/stores.ts";
import { type Asked, askOver, checkWitnesses, TOOL } from "@/tests/money/witness.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { type Server, startServer } from "@/tests/support/server.ts";
import { heard, textOf, Visitor } from "@/tests/support/visitor.ts";
import { until } from "@/tests/support/wait.ts";

/** How long another process's readers may see a reply's end later than its own, in ms. */
const BEHIND_MS = 10_000;
const LATE_MS = 60_000;

/** Several servers on one store. */
async function openServers(count: number, store: TestStore, env: Record<string, string> = {}) {
  const token = Deno.env.get("DENO_KV_ACCESS_TOKEN");
  const access: Record<string, string> = token === undefined ? {} : { DENO_KV_ACCESS_TOKEN: token };
  const servers: Server[] = [];
  for (let i = 0; i < count; i++) {
    servers.push(await startServer({ kvPath: store.path, env: { ...access, ...env } }));
  }
  return {
    servers,
    [Symbol.asyncDispose]: async () => {
      for (const server of servers) await server[Symbol.asyncDispose]();
    },
  };
}

/** Reads a conversation's events at a server until a turn ended. */
async function follow(server: Server, cookie: string) {
  const visitor = new Visitor(server.url);
  visitor.cookie = cookie;
  const answer = await visitor.fetch(`/api/chat/${TOOL}/events`, {
    signal: AbortSignal.timeout(LATE_MS),
  });
  const events = [];
  for await (const event of heard(answer)) {
    events.push(event);
    if (event.event === "done" || event.event === "error") break;
  }
  return { events, at: performance.now() };
}

async function readsLive(servers: readonly Server[]): Promise<void> {
  const [first] = servers;
  assert.ok(first);
  const visitor = new Visitor(first.url);
  await (await visitor.fetch(`/chat/${TOOL}`)).body?.cancel();
  assert.ok(visitor.cookie !== "");
  const reading = servers.map((server) => follow(server, visitor.cookie));
  const own = await visitor.ask("Go on [[mock:tokens=150]] [[mock:pace=40]]");
  const ended = performance.now();
  assertEquals(own.at(-1)?.fields.reason, "stop");
  for (const { events, at } of await Promise.all(reading)) {
    assertEquals([textOf(events), events.at(-1)?.event], [textOf(own), "done"]);
    assertEquals(events.filter(({ event }) => event === "start").length, 1);
    // Not only at the end: it is read while it is written.
    assert.ok(events.filter(({ event }) => event === "delta").length >= 2);
    assert.ok(at - ended < BEHIND_MS, `It ended ${at - ended} ms later`);
  }
}

/** Conversations whose turns go to any server; some questions are sent to two at once. */
async function talks(servers: readonly Server[], store: TestStore): Promise<void> {
  const random = randomFrom(1);
  const one = () => servers[Math.floor(random() * servers.length)]?.url ?? "";
  const asked: Asked[] = [];
  await Promise.all(Array.from({ length: 15 }, async (_, talker) => {
    let cookie: string | null = null;
    for (let turn = 0; turn < 4; turn++) {
      const question = `Question ${talker}.${turn} [[mock:tokens=20]] [[mock:pace=5]]`;
      const answer: Asked = await askOver(one(), question, cookie);
      cookie = answer.cookie;
      asked.push(answer);
    }
  }));
  assertEquals(asked.filter(({ end, reason }) => end !== "done" || reason !== "stop"), []);
  const kv = await Deno.openKv(store.path);
  const books = await until("the books to rest", async () => {
    const books = await readBooks(kv).catch(() => null);
    return books?.running.length === 0 && books;
  });
  kv.close();
  assertEquals(
    [...checkTotals(books), ...checkHalves(books), ...checkWitnesses(books, asked)],
    [],
  );
}

for (const count of [2, 4]) {
  Deno.test(`${count} servers on one file: a reply of one is read live from all, and turns go to any of them`, async () => {
    await using store = await fileStore();
    await using open = await openServers(count, store);
    await readsLive(open.servers);
    await talks(open.servers, store);
  });
}

Deno.test("4 servers over KV Connect that loses 1 in 50 answers: a reply of one is read live from all, and turns go to any of them", async () => {
  await using store = await remoteStore(0.02);
  await using open = await openServers(4, store);
  await readsLive(open.servers);
  await talks(open.servers, store);
  const counts = await store.counts();
  assert.ok((counts?.lost ?? 0) > 0, "No answer was lost");
});

Deno.test("4 servers with one folder for backups make one backup in the night, and prove it once", async () => {
  await using files = await scratch();
  await using store = await fileStore();
  const folder = `${files.folder}/backups`;
  await using open = await openServers(4, store, {
    BACKUP_DIR: folder,
    BACKUP_KEY: "a passphrase of many letters",
  });
  const kv = await Deno.openKv(store.path);
  await until("a proven backup", async () => {
    const { value } = await kv.get<{ proven: unknown }>(["backups"]);
    return value?.proven;
  }, 60_000);
  kv.close();
  const left = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  assertEquals(left.map((name) => name.replace(/-[\d-]+T\d+Z/, "")), ["obt-helper.backup"]);
  assertEquals(open.servers.flatMap((server) => server.logged("error")), []);
});
