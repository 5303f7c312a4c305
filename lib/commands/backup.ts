import { dirname, resolve } from "node:path";
import { encrypted } from "../backup/encryption.ts";
import { makeBackup } from "../backup/made_backup.ts";
import { type BackupPlace, timeOf } from "../backup/places/backup_place.ts";
import { ListedErasures } from "../backup/places/listed_erasures.ts";
import { ANY_FILE, openedBackup } from "../backup/places/opened_backup.ts";
import { placeOf } from "../backup/places/place_of.ts";
import { restoreBackup } from "../backup/restore.ts";
import type { Config } from "../config.ts";
import { eraseAgain } from "../deletion.ts";
import type { Deps } from "../deps.ts";
import { errorText } from "../locales/errors/error_text.ts";
import { migrateRestored, SCHEMA } from "../migrations.ts";
import { storedErasures } from "../people/erasures.ts";
import { AppError } from "../platform/errors.ts";
import { openStore } from "../stores.ts";
import { VERSION } from "../services.ts";
import { commandDeps } from "./command_deps.ts";

type Say = (line: string) => void;

const REPLACE = "--replace";

/** `backup`: writes the whole store to a file. Returns the exit code. */
export async function backup(config: Config, args: readonly string[], say: Say): Promise<number> {
  const replace = args.includes(REPLACE);
  const [file, ...more] = args.filter((arg) => arg !== REPLACE);
  if (file === undefined || more.length > 0) {
    say(`backup FILE             the whole store as one file, also while the program runs
backup FILE ${REPLACE}   in place of a file that is there`);
    return 1;
  }
  const taken = await whyTaken(file, replace);
  if (taken !== null) {
    say(taken);
    return 1;
  }
  const store = await openStore({ path: config.KV_PATH, report: say });
  const half = `${file}.half`;
  try {
    const needs = { store, path: config.KV_PATH, app: VERSION, now: Date.now(), report: say };
    const { tally } = await makeBackup(needs, async (stream) => {
      const out = config.BACKUP_KEY === undefined ? stream : encrypted(stream, config.BACKUP_KEY);
      const target = await Deno.open(half, {
        create: true,
        truncate: true,
        write: true,
        mode: 0o600,
      });
      await out.pipeTo(target.writable);
    });
    await Deno.rename(half, file);
    const { size } = await Deno.stat(file);
    say(`Backed up ${tally.records} records to ${file}, ${inWords(size)}.`);
    if (config.BACKUP_KEY === undefined) {
      say("It is not encrypted: keep it as safe as the store, or set BACKUP_KEY.");
    }
    return 0;
  } catch (error) {
    return told(error, config, say);
  } finally {
    await Deno.remove(half).catch(() => {});
    await store.close();
  }
}

/** `restore`: puts a backup into the store. Returns the exit code. */
export async function restore(config: Config, args: readonly string[], say: Say): Promise<number> {
  const replace = args.includes(REPLACE);
  const [file, ...more] = args.filter((arg) => arg !== REPLACE);
  if (file === undefined || more.length > 0) {
    say(`restore FILE             a backup into an empty store; also by its name in the bucket
restore FILE ${REPLACE}   in place of what the store holds, also while the program runs`);
    return 1;
  }
  const store = await openStore({ path: config.KV_PATH, report: say });
  try {
    const deps = commandDeps(config, store, say);
    const place = placeOf(deps)?.place ?? null;
    const files = await filesWith(file, place);
    const erasures = await knownErasures(deps, place, file);
    let erased = 0;
    const { header, records, ended } = await restoreBackup(store.kv, {
      open: () => openedBackup(files, file, config.BACKUP_KEY),
      replace,
      schema: SCHEMA,
      now: Date.now(),
      prepare: async (there) => {
        await migrateRestored(there);
        erased = await eraseAgain(deps, there, erasures);
      },
      // What people deleted since the restore began.
      replaced: async (before) => {
        erased += await eraseAgain(deps, store.kv, await storedErasures(before));
      },
    });
    const left = ended === 0 ? "" : ` ${ended} whose time had ended were left out.`;
    say(`Restored ${records} records of ${header.made}.${left}`);
    if (erased > 0) say(`What was deleted or ended since is so again: ${erased} in all.`);
    return 0;
  } catch (error) {
    return told(error, config, say);
  } finally {
    await store.close();
  }
}

/** Why a backup cannot be written there; null if it can. */
async function whyTaken(file: string, replace: boolean): Promise<string | null> {
  const found = await Deno.stat(file).catch(() => null);
  if (found?.isDirectory) return `${file} is a folder: name a file in it.`;
  return found === null || replace
    ? null
    : `${file} is there already and was not changed. Name another file, or add ${REPLACE}.`;
}

/** What people deleted, by the list beside the file, that of nightly backups, and the store. */
async function knownErasures({ store }: Deps, place: BackupPlace | null, file: string) {
  return [
    ...await new ListedErasures(dirname(resolve(file))).read(),
    ...await place?.erasures.read() ?? [],
    ...await storedErasures(store.kv),
  ];
}

/** Where a backup is read from: a file, or by its name in the place of the nightly ones. */
async function filesWith(file: string, place: BackupPlace | null) {
  if (place === null || timeOf(file) === null) return ANY_FILE;
  const isHere = await Deno.stat(file).then(() => true, () => false);
  return isHere ? ANY_FILE : place;
}

function told(error: unknown, config: Config, say: Say): number {
  if (error instanceof AppError) {
    say(errorText(error.told, { language: "en", timeZone: config.TIME_ZONE, now: Date.now() }));
  } else if (
    error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied
  ) {
    say(`This file cannot be opened: ${error.message}`);
  } else throw error;
  return 1;
}

function inWords(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
