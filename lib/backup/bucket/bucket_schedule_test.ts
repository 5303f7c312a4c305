import { S3Simulator } from "@/tests/simulators/s3.ts";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { ask, TOOL } from "@/tests/support/asking.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { until } from "@/tests/support/wait.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { restore } from "../../commands/backup.ts";
import { readConfig } from "../../config.ts";
import { openStore } from "../../stores.ts";
import { BackupBucket } from "./backup_bucket.ts";
import { backupName } from "../places/backup_place.ts";

const NIGHT = Date.parse("2026-11-29T02:10:00Z"), DAY = 24 * 60 * 60_000, HOUR = 60 * 60_000;
const KEY = "a passphrase of many letters";
const ADA = "ada@example.org";

/** A world whose backups go to a simulated bucket, and into a folder where asked. */
async function opened(withFolder: boolean) {
  const simulator = new S3Simulator();
  const files = await scratch();
  const folder = `${files.folder}/backups`;
  const time = { now: NIGHT };
  const env: Record<string, string> = {
    BACKUP_S3_URL: simulator.url,
    BACKUP_KEY: KEY,
    KV_PATH: files.store,
    ADMIN_PASSWORD: "correct horse battery staple",
    ALLOWED_ADMIN_EMAILS: ADA,
    ...(withFolder ? { BACKUP_DIR: folder } : {}),
  };
  const world = await openWorld({ path: files.store, env, clock: () => time.now });
  const { backups } = world.services;
  // The first night's.
  await until("a proven backup", async () => (await backups.state()).proven !== null);
  await until("no job", async () => (await backups.byHand.job()) === null);
  await backups.rounds.stop();
  return {
    simulator,
    world,
    backups,
    time,
    env,
    folder,
    files,
    async did(...job: Parameters<typeof backups.byHand.begin>) {
      await backups.byHand.begin(...job);
      await backups.byHand.ended();
    },
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      await simulator[Symbol.asyncDispose]();
      await files[Symbol.asyncDispose]();
    },
  };
}

async function questions({ services }: World): Promise<string[]> {
  const { messages } = await services.pages.chat("v1", TOOL, null);
  return messages.flatMap(({ role, text }) => role === "user" ? [text] : []);
}

Deno.test("ScheduledBackups keep encrypted backups in a bucket alone, prove, restore and drop them there", async () => {
  await using at = await opened(false);
  const { simulator, world, backups, time } = at;
  assertEquals(simulator.names, [backupName(NIGHT)]);
  for (const bytes of simulator.objects.values()) {
    assertEquals(new TextDecoder().decode(bytes.slice(0, 7)), "OBTBAK1");
  }
  assertEquals((await backups.state()).proven?.name, backupName(NIGHT));
  const [row] = (await backups.byHand.view()).rows;
  assertEquals([row?.encrypted, row?.name], [true, backupName(NIGHT)]);
  await ask(world, "before");
  time.now += DAY;
  await at.did(ADA, "make");
  const name = backupName(time.now);
  await ask(world, "after");
  time.now += HOUR;
  await at.did(ADA, "restore", name);
  assertEquals((await backups.byHand.view()).failed, null);
  assertEquals(await questions(world), ["before"]);
  for (let day = 2; day < 30; day++) {
    simulator.objects.set(`my team/${backupName(NIGHT - day * DAY)}`, new Uint8Array(1));
  }
  time.now += DAY;
  await at.did(ADA, "make");
  const kept = simulator.names.filter((each) => each.startsWith("obt-helper-"));
  assert.ok(kept.length < 7 + 4 + 6 && kept.includes(backupName(time.now)), kept.join());
  assert.ok(!kept.includes(backupName(NIGHT - 15 * DAY)), kept.join());
  // No trial is left.
  const left = await Array.fromAsync(Deno.readDir(`${at.files.store}-processes`));
  assertEquals(left.filter(({ name }) => name.startsWith("trial-")), []);
});

Deno.test("ScheduledBackups tell a bucket that loses bytes, denies or does not answer, and go on when it does", async () => {
  await using at = await opened(false);
  const { simulator, backups, time } = at;
  const failed = async () => {
    const { failed } = await backups.state();
    return [failed?.code, failed?.why];
  };
  simulator.fail({ damaged: true });
  await at.did(ADA, "prove", backupName(NIGHT));
  // In the first of its frames damage cannot be told from another key.
  assertEquals(await failed(), ["not_restored", "backup.key"]);
  simulator.fail({ cut: true });
  await at.did(ADA, "prove", backupName(NIGHT));
  assertEquals(await failed(), ["not_restored", "backup.bucket_cut"]);
  simulator.fail({ denied: true });
  time.now += DAY;
  await at.did(ADA, "make");
  assertEquals(await failed(), ["not_made", "backup.bucket_denied"]);
  const view = await backups.byHand.view();
  assertEquals([view.rows, view.fault], [[], "backup.bucket_denied"]);
  simulator.fail({});
  await at.did(ADA, "make");
  assertEquals(await failed(), [undefined, undefined]);
  assertEquals((await backups.byHand.view()).rows.length, 2);
});

Deno.test("ScheduledBackups copy each from the folder to the bucket, and try again where that fails", async () => {
  await using at = await opened(true);
  const { simulator, backups, time, folder, world } = at;
  assertEquals(simulator.names, [backupName(NIGHT)]);
  simulator.fail({ denied: true });
  time.now += DAY;
  await at.did(ADA, "make");
  const second = backupName(time.now);
  assertEquals((await backups.state()).failed?.code, "not_copied");
  assertEquals((await backups.byHand.view()).rows.map(({ name }) => name), [
    second,
    backupName(NIGHT),
  ]);
  // What people delete meanwhile is listed here, and in the bucket with the next copy.
  await ask(world, "goes");
  while (!(await world.services.visitors.delete("v1")).done);
  await until("the list", async () => {
    const text = await Deno.readTextFile(`${folder}/erasures.jsonl`).catch(() => "");
    return text.split("\n").length === 3;
  });
  simulator.fail({});
  await backups.tonight();
  assert.ok(!simulator.names.includes(second));
  time.now += HOUR;
  await backups.tonight();
  assertEquals((await backups.state()).failed, null);
  assert.ok(simulator.names.includes(second));
  const settings = readConfig(at.env).BACKUP_S3_URL;
  assert.ok(settings);
  const bucket = new BackupBucket(world.deps, settings, KEY);
  const kinds = (await bucket.erasures.read()).map(({ erasure }) => erasure.kind).sort();
  assertEquals(kinds, ["conversation", "visitor"]);
});

Deno.test("restore takes a backup by its name from the bucket on a new machine, with its list of deletions", async () => {
  await using at = await opened(false);
  const { simulator, backups, world, env, files } = at;
  await ask(world, "stays", { visitor: "v2" });
  await ask(world, "goes");
  at.time.now += DAY;
  await at.did(ADA, "make");
  const [{ name } = { name: "" }] = (await backups.byHand.view()).rows;
  while (!(await world.services.visitors.delete("v1")).done);
  await until("the list", () => simulator.names.some((each) => each.startsWith("erasures-")));
  const path = `${files.folder}/new.sqlite`;
  const said: string[] = [];
  const there = readConfig({ ...env, KV_PATH: path });
  assertEquals(await restore(there, [name], (line) => said.push(line)), 0, said.join("\n"));
  assert.match(said.join("\n"), /deleted or ended since/);
  const store = await openStore({ path, report: () => {} });
  assertEquals(await store.conversations.head("v1", TOOL), null);
  assertEquals((await store.conversations.head("v2", TOOL))?.turns, 1);
  await store.close();
  simulator.fail({ denied: true });
  const refused: string[] = [];
  const more = readConfig({ ...env, KV_PATH: `${files.folder}/more.sqlite` });
  assertEquals(await restore(more, [name], (line) => refused.push(line)), 1);
  assert.match(refused.join(), /bucket refuses the key/);
  await assertRejects(() => backups.list(), "backup.bucket_denied");
});
