import { assert, assertEquals } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { ProcessLocks } from "./process_locks.ts";

const HOUR_MS = 60 * 60_000;
const OTHER = new URL("../../tests/support/lock_holder.ts", import.meta.url).pathname;

Deno.test("ProcessLocks.holds() is true until the process ends, also when it is killed", async () => {
  await using files = await scratch();
  const folder = `${files.folder}/processes`;
  const other = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      `--allow-read=${folder}`,
      `--allow-write=${folder}`,
      OTHER,
      folder,
    ],
    stdout: "piped",
  }).spawn();
  const reader = other.stdout.getReader();
  await reader.read();
  const locks = new ProcessLocks(folder);
  assert.ok(await locks.hold("this", Date.now()));
  assertEquals([await locks.holds("other"), await locks.holds("nobody")], [true, false]);
  // Simultaneous checks do not block each other.
  assertEquals(
    await Promise.all(Array.from({ length: 20 }, () => locks.holds("other"))),
    Array(20).fill(true),
  );
  other.kill("SIGKILL");
  await other.status;
  await reader.cancel();
  assertEquals(await locks.holds("other"), false);
  locks.close();
  assertEquals(await locks.holds("this"), false);
});

Deno.test("ProcessLocks.hold() removes old unlocked files and nothing else", async () => {
  await using files = await scratch();
  const [first, second, third] = [1, 2, 3].map(() => new ProcessLocks(files.folder));
  const now = Date.now();
  assert.ok(await first?.hold("living", now));
  await Deno.writeTextFile(`${files.folder}/left`, "");
  const names = () => Array.from(Deno.readDirSync(files.folder), ({ name }) => name).sort();
  assert.ok(await second?.hold("second", now));
  assertEquals(names(), ["left", "living", "second"]);
  assert.ok(await third?.hold("third", now + HOUR_MS));
  assertEquals(names(), ["living", "second", "third"]);
  for (const locks of [first, second, third]) locks?.close();
});

Deno.test("ProcessLocks.sweep() removes the copies of killed processes with the files beside them, and no other process's", async () => {
  await using files = await scratch();
  const locks = new ProcessLocks(files.folder);
  const of = (copy: string) => ["", "-shm", "-wal"].map((end) => `copy-${copy}.sqlite${end}`);
  for (const name of [...of("living"), ...of("left"), "copy-gone.sqlite-wal"]) {
    await Deno.writeTextFile(`${files.folder}/${name}`, "");
  }
  using living = await Deno.open(`${files.folder}/copy-living.sqlite`, { write: true });
  assert.ok(await living.tryLock(true));
  const names = () => Array.from(Deno.readDirSync(files.folder), ({ name }) => name).sort();
  await locks.sweep(Date.now());
  assertEquals(names().length, 7);
  await locks.sweep(Date.now() + HOUR_MS);
  assertEquals(names(), of("living"));
});

Deno.test("ProcessLocks.hold() is false where no file can be created", async () => {
  await using files = await scratch();
  await Deno.writeTextFile(`${files.folder}/file`, "");
  assertEquals(await new ProcessLocks(`${files.folder}/file`).hold("this", Date.now()), false);
});
