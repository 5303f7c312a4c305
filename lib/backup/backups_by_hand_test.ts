import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { ask, TOOL } from "@/tests/support/asking.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { until } from "@/tests/support/wait.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { START_CURSOR } from "../chat/rules/turn_events.ts";
import { checkLedger } from "../metering/ledger_check.ts";

const EVENING = Date.parse("2026-11-29T01:00:00Z");
const KEY = "a passphrase of many letters";
const ADA = "ada@example.org";

/** A store's world with a folder of backups, before the hour of the nightly one. */
async function opened(env: Record<string, string> = {}) {
  const files = await scratch();
  const clock = { now: EVENING };
  const folder = `${files.folder}/backups`;
  const world = await openWorld({
    path: files.store,
    env: {
      BACKUP_DIR: folder,
      KV_PATH: files.store,
      ADMIN_PASSWORD: "correct horse battery staple",
      ALLOWED_ADMIN_EMAILS: ADA,
      ...env,
    },
    clock: () => clock.now,
  });
  const { backups } = world.services;
  return {
    world,
    clock,
    folder,
    path: files.store,
    byHand: backups.byHand,
    /** Begins a job and waits for its end. */
    async did(...job: Parameters<typeof backups.byHand.begin>) {
      await backups.byHand.begin(...job);
      await backups.byHand.ended();
    },
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      await files[Symbol.asyncDispose]();
    },
  };
}

async function questions({ services }: World): Promise<string[]> {
  const { messages } = await services.pages.chat("v1", TOOL, null);
  return messages.flatMap(({ role, text }) => role === "user" ? [text] : []);
}

async function actions({ services }: World, area = "backup") {
  const filter = { action: area, who: "", thing: "", from: "", to: "" };
  const { entries } = await services.audit.list(filter, "");
  return entries.map(({ who, action }) => `${who} ${action}`);
}

async function filesIn(folder: string): Promise<string[]> {
  const files = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  return files.map(({ name }) => name).filter((name) => !/^obt-helper-[^.]*\.backup$/.test(name));
}

Deno.test("BackupsByHand restores in place after a backup of now, which brings everything back", async () => {
  await using at = await opened({ BACKUP_KEY: KEY });
  const { world, byHand } = at;
  await ask(world, "before");
  const session = { userAgent: null, replaces: null, failures: 0, email: ADA };
  await world.services.admin?.sessions.open(session);
  await at.did(ADA, "make");
  const [first] = (await byHand.view()).rows;
  assert.ok(first?.encrypted && first.provenAt !== null);
  at.clock.now += 60_000;
  await ask(world, "after");
  assertEquals(await byHand.since(first.at), { conversations: 1, changes: 0 });

  await at.did(ADA, "restore", first.name);
  const { rows, restored, failed, job } = await byHand.view();
  assertEquals([failed, job, rows.length], [null, null, 2]);
  assertEquals([restored?.of, restored?.by], [first.at, ADA]);
  assertEquals(await questions(world), ["before"]);
  assertEquals(await world.deps.store.admins.sessions(), []);
  assertEquals((await checkLedger(world.deps.store)).difference, null);
  assertEquals(await actions(world), [`${ADA} backup.restored`, `${ADA} backup.make`]);
  await ask(world, "since then");
  assertEquals(await questions(world), ["before", "since then"]);

  const [before] = rows;
  assert.ok(before && before.name !== first.name);
  at.clock.now += 60_000;
  await at.did(ADA, "restore", before.name);
  assertEquals(await questions(world), ["before", "after"]);
  assertEquals((await checkLedger(world.deps.store)).difference, null);
});

Deno.test("BackupsByHand restores another store's backup, after which all processes share its salt", async () => {
  await using other = await opened();
  await ask(other.world, "elsewhere");
  const session = { userAgent: null, replaces: null, failures: 0, email: ADA };
  await other.world.services.admin?.sessions.open(session);
  await other.did(ADA, "make");
  const [{ name } = { name: "" }] = (await other.byHand.view()).rows;

  await using at = await opened();
  const { world } = at;
  await world.services.admin?.sessions.open(session);
  await Deno.mkdir(at.folder, { recursive: true });
  await Deno.copyFile(`${other.folder}/${name}`, `${at.folder}/${name}`);
  await at.did(ADA, "restore", name);
  assertEquals(await questions(world), ["elsewhere"]);
  const begun = await world.services.admin?.sessions.open(session);
  await using second = await openWorld({
    path: at.path,
    env: { ADMIN_PASSWORD: "correct horse battery staple", ALLOWED_ADMIN_EMAILS: ADA },
    clock: () => EVENING,
  });
  const seen = await second.services.admin?.sessions.resume(begun?.cookie ?? null);
  assertEquals(seen?.session.email, ADA);
});

Deno.test("BackupsByHand leaves the store as it is when a backup cannot be restored, and says so", async () => {
  await using at = await opened();
  const { world, byHand, folder } = at;
  await ask(world, "before");
  await at.did(ADA, "make");
  const [{ name } = { name: "" }] = (await byHand.view()).rows;
  await ask(world, "after");
  const bytes = await Deno.readFile(`${folder}/${name}`);
  await Deno.writeFile(`${folder}/${name}`, bytes.slice(0, bytes.length - 60));
  await at.did(ADA, "restore", name);
  const { failed, restored, rows } = await byHand.view();
  assertEquals([failed?.code, failed?.why], ["not_replaced", "backup.damaged"]);
  assertEquals([restored, rows.length], [null, 1]);
  assertEquals(await questions(world), ["before", "after"]);
});

Deno.test("BackupsByHand ends a reply under way at a restore with an error, and the next one works", async () => {
  await using at = await opened({ MOCK_PACE_MS: "100" });
  const { world, byHand } = at;
  await at.did(ADA, "make");
  const [{ name } = { name: "" }] = (await byHand.view()).rows;
  const following = world.services.follow("v1", TOOL, START_CURSOR, () => {});
  await ask(world, "In detail please, [[mock:words=200]]", { wait: false });
  await at.did(ADA, "restore", name);
  const error = await until(
    "an error",
    () => following.take().map(({ event }) => event).find((event) => event.type === "error"),
    60_000,
  );
  assertEquals(error.type === "error" && [error.problem, error.retryable], [
    "/problems/restored",
    false,
  ]);
  assertEquals(await questions(world), []);
  await ask(world, "again", { wait: false });
  assertEquals(await questions(world), ["again"]);
  assertEquals((await checkLedger(world.deps.store)).difference, null);
});

Deno.test("BackupsByHand does one job at a time, and remembers who did what", async () => {
  await using at = await opened({ BACKUP_KEY: KEY });
  const { world, byHand } = at;
  await byHand.begin(ADA, "make");
  assertEquals((await byHand.view()).job, "make");
  await assertRejects(() => byHand.begin(ADA, "make"), "backup.under_way");
  await byHand.ended();
  assertEquals((await byHand.view()).job, null);
  const [{ name } = { name: "" }] = (await byHand.view()).rows;
  const { stream, bytes } = await byHand.download(ADA, name);
  const taken = new Uint8Array(await new Response(stream).arrayBuffer());
  assertEquals(taken.length, bytes);
  assertEquals(new TextDecoder().decode(taken.slice(0, 7)), "OBTBAK1");
  await at.did(ADA, "prove", name);
  await byHand.remove(ADA, name);
  await assertRejects(() => byHand.download(ADA, name), "backup.gone");
  await assertRejects(() => byHand.remove(ADA, "../kv.sqlite"), "backup.gone");
  assertEquals((await actions(world)).toSorted(), [
    `${ADA} backup.download`,
    `${ADA} backup.make`,
    `${ADA} backup.prove`,
    `${ADA} backup.remove`,
  ]);
});

Deno.test("BackupsByHand lets no backup out that is not encrypted", async () => {
  await using at = await opened();
  await at.did(ADA, "make");
  const [row] = (await at.byHand.view()).rows;
  assert.ok(row && !row.encrypted);
  await assertRejects(() => at.byHand.download(ADA, row.name), "backup.not_encrypted");
});

for (const job of ["make", "prove", "restore"] as const) {
  for (const afterMs of [0, 30, 200]) {
    Deno.test(`ScheduledBackups.stop() ends "${job}" after ${afterMs} ms and leaves nothing half`, async () => {
      await using at = await opened();
      const { world, byHand, folder } = at;
      await ask(world, "before");
      await at.did(ADA, "make");
      const [{ name } = { name: "" }] = (await byHand.view()).rows;
      await byHand.begin(ADA, job, name);
      await new Promise((done) => setTimeout(done, afterMs));
      await world.services.backups.stop();
      const { failed, job: left } = await byHand.view();
      assertEquals([failed, left], [null, null]);
      assertEquals(await filesIn(folder), []);
      assertEquals(await questions(world), ["before"]);
      assertEquals((await checkLedger(world.deps.store)).difference, null);
    });
  }
}
