import { Hours } from "../metering/hours.ts";
import { Ledger } from "../metering/ledger.ts";
import { checkLedger } from "../metering/ledger_check.ts";
import { type NotedErasure, storedErasures } from "../people/erasures.ts";
import { AppError, causeOf } from "../platform/errors.ts";
import type { BackupFault } from "../shared/backup_codes.ts";
import type { Kv } from "../store/kv.ts";
import { memoryStore, temporaryStore } from "../store/whole_store/snapshot.ts";
import { type Also, BackupStates, type StateDeps } from "./backup_states.ts";
import { encrypted } from "./encryption.ts";
import { makeBackup } from "./made_backup.ts";
import { type BackupFile, backupName, type BackupPlace } from "./places/backup_place.ts";
import { openedBackup } from "./places/opened_backup.ts";
import type { ErasureListing } from "./erasure_listing.ts";
import { RestoredStore } from "./restored_store.ts";
import { checkBackup, restoreBackup } from "./restore.ts";
import { outdated } from "./rules/rotation.ts";

export interface WorkDeps extends StateDeps {
  config: { KV_PATH?: string | undefined; BACKUP_KEY?: string | undefined };
}

/** What backups need to know of the whole program. */
export interface ProgramVersion {
  app: string;
  /** Version of the records. */
  schema: number;
  /** Brings restored records to that version. */
  migrate: (kv: Kv) => Promise<void>;
  /** Deletes from restored records what people deleted since. */
  erase: (kv: Kv, erasures: readonly NotedErasure[]) => Promise<number>;
}

/** Where backups are kept and tried. */
export interface WorkPlace {
  place: BackupPlace;
  listing: ErasureListing;
  /** Path of a store for a trial; null where it is in memory. */
  trialPath: () => Promise<string | null>;
}

/** Time for which the backup that was made before a restore is spared. */
const SPARED_MS = 30 * 24 * 60 * 60_000;

/**
 * Makes, proves and restores the backups of a folder, one job at a time over all processes. A job
 * returns when it has begun; failures after that are stored, and alert the admins.
 */
export class BackupWork {
  readonly states: BackupStates;

  /** @param signal ends a job at once; nothing half is left */
  constructor(
    private readonly deps: WorkDeps,
    private readonly program: ProgramVersion,
    private readonly at: WorkPlace,
    private readonly signal: AbortSignal,
  ) {
    this.states = new BackupStates(deps);
  }

  /** Makes a backup, proves it, and drops old ones. */
  make(also?: Also) {
    return this.states.begin("make", async () => {
      const name = await this.makeOne();
      if (name === null) return;
      await this.proveOne(name);
      await this.copyOne(name);
      await this.dropOld();
    }, also);
  }

  /** Copies a backup to the second place, after an earlier attempt failed. */
  copy(name: string, also?: Also) {
    return this.states.begin("make", () => this.copyOne(name), also);
  }

  /** Restores a backup into a store for the trial, and checks its books. */
  prove(name: string, also?: Also) {
    return this.states.begin("prove", () => this.proveOne(name), also);
  }

  /**
   * Puts a backup in place of what the store holds, after a backup of that was made.
   * @param by the admin's e-mail address
   */
  restore(name: string, by: string, also?: Also) {
    return this.states.begin("restore", async () => {
      const { store, config, clock } = this.deps;
      const { schema } = this.program;
      const open = () => openedBackup(this.at.place, name, config.BACKUP_KEY);
      try {
        await checkBackup(open, schema, this.signal);
        const before = await this.makeOne();
        if (before === null) return;
        await restoreBackup(store.kv, {
          open,
          replace: true,
          schema,
          now: clock(),
          signal: this.signal,
          prepare: async (there, { records }) => {
            await this.prepare(there);
            const restored = { at: clock(), name, records, by, before };
            await new RestoredStore(there).note(await this.states.current(), restored);
          },
          // What people deleted since the list was read.
          replaced: async (before) => {
            await this.program.erase(store.kv, await storedErasures(before));
          },
        });
      } catch (error) {
        await this.failed("not_replaced", name, error);
      }
    }, also);
  }

  /** The new backup's name, or null when it could not be made. */
  private async makeOne(): Promise<string | null> {
    const { store, config, clock, log } = this.deps;
    try {
      await this.at.listing.complete();
      let at = clock();
      while (await this.has(backupName(at))) at += 1_000;
      const name = backupName(at);
      const needs = {
        store,
        path: config.KV_PATH,
        app: this.program.app,
        now: at,
        report: (message: string) => log("warn", message),
        signal: this.signal,
      };
      const { result: bytes, tally } = await makeBackup(needs, (stream) => {
        const { BACKUP_KEY: key } = config;
        const out = key === undefined ? stream : encrypted(stream, key);
        return this.at.place.write(name, out, this.signal);
      });
      const { records } = tally;
      await this.states.note((now) => ({
        ...now,
        made: { at, name, records, bytes },
        failed: null,
        known: { ...now.known, [name]: { records, provenAt: null } },
      }));
      return name;
    } catch (error) {
      await this.failed("not_made", null, error);
      return null;
    }
  }

  private async copyOne(name: string): Promise<void> {
    const { place } = this.at;
    if (place.copy === undefined) return;
    try {
      await place.copy(name, this.signal);
      await this.states.note((now) =>
        now.failed?.code === "not_copied" ? { ...now, failed: null } : now
      );
    } catch (error) {
      await this.failed("not_copied", name, error);
    }
  }

  private async proveOne(name: string): Promise<void> {
    const { clock, config, log } = this.deps;
    const began = performance.now();
    try {
      const path = await this.at.trialPath();
      const report = (message: string) => log("warn", message);
      await using trial = path === null
        ? await memoryStore(report)
        : await temporaryStore(path, report);
      const { kv } = trial;
      const { records } = await restoreBackup(kv, {
        open: () => openedBackup(this.at.place, name, config.BACKUP_KEY),
        replace: true,
        schema: this.program.schema,
        now: clock(),
        signal: this.signal,
        prepare: (there) => this.prepare(there),
        replaced: () => Promise.resolve(),
      });
      const { difference } = await checkLedger({ ledger: new Ledger(kv), hours: new Hours(kv) });
      if (difference !== null) return await this.failed("books_differ", name, null);
      const at = clock();
      const tookMs = Math.round(performance.now() - began);
      await this.states.note((now) => ({
        ...now,
        proven: { at, name, records, tookMs },
        failed: now.failed?.code === "not_copied" ? now.failed : null,
        known: {
          ...now.known,
          [name]: { records: now.known[name]?.records ?? records, provenAt: at },
        },
      }));
    } catch (error) {
      await this.failed("not_restored", name, error);
    }
  }

  /** Brings restored records to this program's version, without what was deleted since. */
  private async prepare(there: Kv): Promise<void> {
    const erasures = await this.at.listing.all();
    await this.program.migrate(there);
    await this.program.erase(there, erasures);
  }

  private async has(name: string): Promise<boolean> {
    return (await this.at.place.list()).some((file) => file.name === name);
  }

  /** An end by the signal is no failure: the job is done again at its time. */
  private async failed(code: BackupFault, name: string | null, error: unknown): Promise<void> {
    if (!this.signal.aborted) await this.states.failed(code, name, error);
  }

  private async dropOld(): Promise<void> {
    const { calendar, clock, log } = this.deps;
    const { place } = this.at;
    const { proven, restored } = await this.states.current();
    const spared = restored !== null && clock() - restored.at < SPARED_MS ? restored.before : null;
    const outdatedOf = (files: readonly BackupFile[]) => {
      const all = files.map(({ name, at }) => ({ name, at, day: calendar.dayOf(at) }));
      return outdated(all, [proven?.name, spared]);
    };
    for (const name of outdatedOf(await place.list())) {
      await place.remove(name).catch((error) => {
        log("warn", "An old backup could not be removed", { error: causeOf(error) });
      });
    }
    await this.forgetRemoved();
  }

  /** Deletes a backup. */
  async remove(name: string, also?: Also): Promise<void> {
    await this.at.place.remove(name);
    await this.forgetRemoved(also);
  }

  private async forgetRemoved(also?: Also): Promise<void> {
    const there = new Set((await this.at.place.list()).map(({ name }) => name));
    await this.states.note((now) => ({
      ...now,
      known: Object.fromEntries(Object.entries(now.known).filter(([name]) => there.has(name))),
    }), also);
  }

  /**
   * The name of a backup that is there; by default of the newest.
   * @throws {AppError} `missing`
   */
  async found(name?: string): Promise<string> {
    const all = await this.at.place.list();
    const file = name === undefined ? all[0] : all.find((each) => each.name === name);
    if (!file) throw new AppError("missing", { code: "backup.gone" });
    return file.name;
  }
}
