import { assert, assertEquals } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { toolKeys } from "../tools/records.ts";
import { openStore } from "../stores.ts";

const posix = Deno.build.os !== "windows";

const rightsOf = async (path: string) => ((await Deno.stat(path)).mode ?? 0) & 0o777;

/** Opens a store and writes under umask 0; returns the permissions of all files. */
async function rightsWhileOpen(path: string): Promise<Record<string, number>> {
  const reports: string[] = [];
  const umask = Deno.umask(0);
  try {
    const store = await openStore({ path, report: (text) => reports.push(text) });
    await store.transactions.run([], (tx) => tx.set(toolKeys.tools(), "x"));
    const folder = path.slice(0, path.lastIndexOf("/"));
    const rights: Record<string, number> = { ".": await rightsOf(folder) };
    for await (const { name } of Deno.readDir(folder)) {
      rights[name] = await rightsOf(`${folder}/${name}`);
    }
    await store.close();
    assertEquals(reports, []);
    return rights;
  } finally {
    Deno.umask(umask);
  }
}

const CLOSED = {
  ".": 0o700,
  "kv.sqlite": 0o600,
  "kv.sqlite-shm": 0o600,
  "kv.sqlite-wal": 0o600,
};

Deno.test({
  name: "openStore() creates a private folder and private files, whatever the umask",
  ignore: !posix,
  fn: async () => {
    await using files = await scratch();
    assertEquals(await rightsWhileOpen(`${files.folder}/new/kv.sqlite`), CLOSED);
  },
});

Deno.test({
  name: "openStore() removes the permissions of others from an existing store and its side files",
  ignore: !posix,
  fn: async () => {
    await using files = await scratch();
    const folder = `${files.folder}/old`;
    await Deno.mkdir(folder);
    await Deno.chmod(folder, 0o755);
    const path = `${folder}/kv.sqlite`;
    {
      using before = await Deno.openKv(path);
      await before.set(["x"], 1);
      for await (const { name } of Deno.readDir(folder)) {
        await Deno.chmod(`${folder}/${name}`, 0o644);
      }
      assertEquals(await rightsWhileOpen(path), CLOSED);
    }
  },
});

Deno.test({
  name: "openStore() leaves a shared folder as it is",
  ignore: !posix,
  fn: async () => {
    await using files = await scratch();
    await Deno.chmod(files.folder, 0o755);
    await Deno.writeTextFile(`${files.folder}/page.html`, "hello");
    await Deno.chmod(`${files.folder}/page.html`, 0o644);
    const rights = await rightsWhileOpen(files.store);
    assertEquals([rights["."], rights["page.html"], rights["kv.sqlite"]], [0o755, 0o644, 0o600]);
    assert.ok("kv.sqlite-wal" in rights);
  },
});
