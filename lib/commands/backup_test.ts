import { readConfig } from "../config.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ask } from "@/tests/support/asking.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld } from "@/tests/support/world.ts";
import { openStore } from "../stores.ts";
import { backup, restore } from "./backup.ts";

const KEY = "a passphrase of many letters";

async function run(
  command: typeof backup,
  env: Record<string, string>,
  args: readonly string[],
): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const code = await command(readConfig(env), args, (line) => said.push(line));
  return { code, said: said.join("\n") };
}

Deno.test("backup and restore move a store that is in use, encrypted, into an empty one", async () => {
  await using folder = await scratch();
  const file = `${folder.folder}/all.backup`;
  await using world = await openWorld({ path: folder.store });
  await ask(world, "Is it kept?");
  const made = await run(backup, { KV_PATH: folder.store, BACKUP_KEY: KEY }, [file]);
  assertEquals(made.code, 0, made.said);
  assert.match(made.said, /Backed up \d+ records/);
  assertEquals(((await Deno.stat(file)).mode ?? 0) & 0o777, 0o600);
  const bytes = new TextDecoder("latin1").decode(await Deno.readFile(file));
  assert.ok(!bytes.includes("Is it kept?"));
  const other = { KV_PATH: `${folder.folder}/other.sqlite` };
  for (
    const [key, why] of [[undefined, "not set"], ["another passphrase of letters", "another key"]]
  ) {
    const { code, said } = await run(restore, { ...other, ...(key && { BACKUP_KEY: key }) }, [
      file,
    ]);
    assertEquals(code, 1);
    assert.ok(said.includes(`is encrypted, and BACKUP_KEY is ${why}`), said);
  }
  const restored = await run(restore, { ...other, BACKUP_KEY: KEY }, [file]);
  assertEquals(restored.code, 0, restored.said);
  const store = await openStore({ path: other.KV_PATH, report: () => {} });
  try {
    const head = await store.conversations.head("v1", "general-assistant");
    const question = head && await store.conversations.message(head, 0);
    assertEquals(question?.text, "Is it kept?");
  } finally {
    await store.close();
  }
  const twice = await run(restore, { ...other, BACKUP_KEY: KEY }, [file]);
  assert.match(twice.said, /data in this store already/);
  assertEquals((await run(restore, { ...other, BACKUP_KEY: KEY }, ["--replace", file])).code, 0);
  // No copy is left beside the store.
  const beside = await Array.fromAsync(Deno.readDir(`${folder.store}-processes`));
  assertEquals(beside.filter(({ name }) => name.startsWith("copy-")), []);
});

Deno.test("backup leaves a file that is there as it is, unless it is told to replace it", async () => {
  await using folder = await scratch();
  const env = { KV_PATH: folder.store };
  const file = `${folder.folder}/all.backup`;
  await Deno.writeTextFile(file, "the only copy");
  const refused = await run(backup, env, [file]);
  assertEquals(refused.code, 1);
  assert.match(refused.said, /all\.backup is there already and was not changed\..*--replace/);
  assertEquals(await Deno.readTextFile(file), "the only copy");
  const inFolder = await run(backup, env, [folder.folder, "--replace"]);
  assertEquals(inFolder.code, 1);
  assert.match(inFolder.said, /is a folder: name a file in it/);
  const replaced = await run(backup, env, ["--replace", file]);
  assertEquals(replaced.code, 0, replaced.said);
  const other = { KV_PATH: `${folder.folder}/other.sqlite` };
  const restored = await run(restore, other, [file]);
  assertEquals(restored.code, 0, restored.said);
});

Deno.test("restore ends WhatsApp messages that were pending, so that none is sent twice", async () => {
  await using folder = await scratch();
  const file = `${folder.folder}/all.backup`;
  const { phoneKeys } = await import("../whatsapp/records.ts");
  const number = "+254700000001";
  {
    await using world = await openWorld({ path: folder.store });
    await ask(world, "Hello");
    const { transactions } = world.deps.store;
    await transactions.run([], (tx) => {
      tx.set(phoneKeys.work(number), { lease: null });
      for (const [n, state] of (["taken", "waiting", "trying", "unknown"] as const).entries()) {
        tx.set(phoneKeys.outbox(number, n), {
          kind: "reply",
          body: "Hello",
          turn: null,
          by: null,
          state,
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
        });
      }
    });
    assertEquals((await run(backup, { KV_PATH: folder.store }, [file])).code, 0);
  }
  const other = `${folder.folder}/other.sqlite`;
  assertEquals((await run(restore, { KV_PATH: other }, [file])).code, 0);
  const store = await openStore({ path: other, report: () => {} });
  try {
    const states = await Promise.all(
      [0, 1, 2, 3].map(async (n) => (await store.kv.get(phoneKeys.outbox(number, n))).value?.state),
    );
    assertEquals(states, ["taken", "dropped", "dropped", "dropped"]);
    assertEquals((await store.kv.get(phoneKeys.work(number))).value, null);
  } finally {
    await store.close();
  }
});

Deno.test("backup and restore say how they are used, and what cannot be opened", async () => {
  await using folder = await scratch();
  const env = { KV_PATH: folder.store };
  assertEquals((await run(backup, env, [])).code, 1);
  assert.match((await run(restore, env, ["--replace"])).said, /restore FILE/);
  assert.match((await run(restore, env, [`${folder.folder}/none`])).said, /cannot be opened/);
  await Deno.writeTextFile(`${folder.folder}/text`, "no backup");
  assert.match((await run(restore, env, [`${folder.folder}/text`])).said, /no whole backup/);
});
