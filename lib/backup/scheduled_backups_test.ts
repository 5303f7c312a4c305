import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { ask } from "@/tests/support/asking.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { until } from "@/tests/support/wait.ts";
import { openWorld } from "@/tests/support/world.ts";
import { BackupFolder } from "./places/backup_folder.ts";
import { backupName } from "./places/backup_place.ts";

const NIGHT = Date.parse("2026-11-29T02:10:00Z"), DAY = 24 * 60 * 60_000;
const KEY = "a passphrase of many letters";

Deno.test("ScheduledBackups makes and proves one a night, in one of two processes, from two o'clock on", async () => {
  await using folder = await scratch();
  const env = { BACKUP_DIR: `${folder.folder}/backups`, BACKUP_KEY: KEY, KV_PATH: folder.store };
  {
    await using early = await openWorld({
      path: folder.store,
      env,
      clock: () => NIGHT - 60 * 60_000,
    });
    await ask(early, "Hello");
    await early.services.backups.rounds.stop();
    assertEquals(await early.services.backups.list(), []);
  }
  await using one = await openWorld({ path: folder.store, env, clock: () => NIGHT });
  await using other = await openWorld({ path: folder.store, env, clock: () => NIGHT });
  const { backups } = one.services;
  await until("a proven backup", async () => (await backups.state()).proven !== null);
  await Promise.all([backups.rounds.stop(), other.services.backups.rounds.stop()]);
  const all = await backups.list();
  assertEquals(all.map(({ name }) => name), [backupName(NIGHT)]);
  const { made, proven, failed, claim } = await backups.state();
  assertEquals([made?.name, proven?.name, failed, claim], [all[0]?.name, all[0]?.name, null, null]);
  assertEquals(made?.records, proven?.records);
  const files = await Array.fromAsync(Deno.readDir(env.BACKUP_DIR));
  assertEquals(files.map(({ name }) => name), [backupName(NIGHT)]);
});

Deno.test("ScheduledBackups.tonight() of two processes at the same moment makes one backup, and fails in none", async () => {
  await using folder = await scratch();
  let now = NIGHT - 60 * 60_000;
  const env = { BACKUP_DIR: `${folder.folder}/backups`, BACKUP_KEY: KEY, KV_PATH: folder.store };
  await using one = await openWorld({ path: folder.store, env, clock: () => now });
  await using other = await openWorld({ path: folder.store, env, clock: () => now });
  const both = [one.services.backups, other.services.backups];
  await Promise.all(both.map(({ rounds }) => rounds.stop()));
  now = NIGHT;
  for (let nights = 1; nights <= 5; nights++) {
    await Promise.all(both.map((backups) => backups.tonight()));
    assertEquals((await one.services.backups.list()).length, nights);
    now += DAY;
  }
});

Deno.test("ScheduledBackups tells a backup that cannot be restored, and keeps the proven one", async () => {
  await using folder = await scratch();
  let now = NIGHT;
  const env = { BACKUP_DIR: `${folder.folder}/backups`, KV_PATH: folder.store };
  await using world = await openWorld({ path: folder.store, env, clock: () => now });
  const { backups } = world.services;
  await until("a proven backup", async () => (await backups.state()).proven !== null);
  await backups.rounds.stop();
  now += DAY;
  await backups.make();
  const [newest, proven] = await backups.list();
  assert.ok(newest && proven);
  const path = `${env.BACKUP_DIR}/${newest.name}`;
  const bytes = await Deno.readFile(path);
  await Deno.writeFile(path, bytes.slice(0, bytes.length - 50));
  await backups.prove();
  const state = await backups.state();
  assertEquals([state.failed?.code, state.failed?.name], ["not_restored", newest.name]);
  const alerts = await world.deps.store.alerts.ofDay(world.deps.calendar.dayOf(now));
  assert.ok(alerts.some(({ alert }) => "code" in alert && alert.code === "backup_failed"));
  await assertRejects(() => backups.prove("obt-helper-2020-01-01T000000Z.backup"), "backup.gone");
  await assertRejects(
    () => backups.byHand.remove("ada@example.org", "../kv.sqlite"),
    "backup.gone",
  );
  await Deno.stat(folder.store);
});

Deno.test("ScheduledBackups does nothing without a place, and says so", async () => {
  await using world = await openWorld({ clock: () => NIGHT });
  const { backups } = world.services;
  assertEquals([(await backups.byHand.view()).on, await backups.list()], [false, []]);
  await assertRejects(() => backups.make(), "backup.no_place");
});

Deno.test("BackupFolder.write() removes the half file that a killed process left", async () => {
  await using folder = await scratch();
  const place = `${folder.folder}/backups`;
  await Deno.mkdir(place);
  await Deno.writeTextFile(`${place}/${backupName(NIGHT - DAY)}.half`, "half");
  const bytes = new Uint8Array([1, 2, 3]);
  const size = await new BackupFolder(place).write(
    backupName(NIGHT),
    ReadableStream.from([bytes]),
    new AbortController().signal,
  );
  const left = await Array.fromAsync(Deno.readDir(place));
  assertEquals([size, ...left.map(({ name }) => name)], [3, backupName(NIGHT)]);
});
