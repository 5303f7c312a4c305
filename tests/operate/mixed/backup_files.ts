import { BackupFolder } from "@/lib/backup/places/backup_folder.ts";
import { openedBackup } from "@/lib/backup/places/opened_backup.ts";
import { checkBackup, restoreBackup } from "@/lib/backup/restore.ts";
import { SCHEMA } from "@/lib/migrations.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { lockFolderOf } from "@/lib/store/private_files.ts";
import { openStore } from "@/lib/stores.ts";

/** Backups that are read to their end. */
const CHECKED = 10;

/** Age from which a backup removes what killed processes left. */
const YOUNG_MS = 60_000;

/**
 * Errors in the backups that kills left: each is whole, the newest can be restored, no rest stays.
 * @param last when the last backup was begun, which no kill ended
 */
export async function checkBackups(
  path: string,
  folder: string,
  key: string,
  last: number,
): Promise<string[]> {
  const wrong: string[] = [];
  const backups = new BackupFolder(folder);
  const files = await backups.list();
  const { signal } = new AbortController();
  for (const { name } of files.slice(0, CHECKED)) {
    const open = () => openedBackup(backups, name, key);
    await checkBackup(open, SCHEMA, signal).catch((error) =>
      wrong.push(`${name} is not whole: ${error}`)
    );
  }
  const [newest] = files;
  if (newest === undefined) return ["There is no backup"];
  const restored = `${folder}/restored.sqlite`;
  const store = await openStore({ path: restored, report: () => {} });
  await restoreBackup(store.kv, {
    open: () => openedBackup(backups, newest.name, key),
    replace: true,
    schema: SCHEMA,
    now: Date.now(),
    signal,
    prepare: () => Promise.resolve(),
    replaced: () => Promise.resolve(),
  });
  const { difference, entries } = await checkLedger(store);
  if (difference !== null) wrong.push(`The restored books: ${difference}`);
  if (entries === 0) wrong.push("The restored store has no entries");
  await store.close();
  const locks = lockFolderOf(path);
  const left = [
    ...(await namesIn(folder)).filter((name) => /\.half$|^trial-/.test(name))
      .map((name) => `${folder}/${name}`),
    ...(await namesIn(locks)).filter((name) => name.startsWith("copy-"))
      .map((name) => `${locks}/${name}`),
  ];
  for (const path of left) {
    const { mtime } = await Deno.stat(path);
    if (mtime !== null && last - mtime.getTime() > YOUNG_MS) wrong.push(`Kills left ${path}`);
  }
  return wrong;
}

async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
}
