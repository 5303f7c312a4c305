import { isDeepStrictEqual } from "node:util";
import { AppError, causeOf } from "../platform/errors.ts";
import { Rounds } from "../platform/rounds.ts";
import { type Also, BackupStates } from "./backup_states.ts";
import { BackupWork, type ProgramVersion, type WorkDeps, type WorkPlace } from "./backup_work.ts";
import { BackupsByHand, type HandDeps } from "./backups_by_hand.ts";
import { ErasureListing } from "./erasure_listing.ts";
import type { BackupFile } from "./places/backup_place.ts";
import { type PlaceDeps, placeOf } from "./places/place_of.ts";
import type { BackupState } from "./records.ts";

type Due = { job: "make" } | { job: "copy" | "prove"; name: string };
type Needs = WorkDeps & HandDeps & PlaceDeps;

const ROUND_MS = 10 * 60_000;
/** Hour of the organisation's day from which on the night's backup is made. */
const HOUR = 2;
/** Pause before a copy that failed is tried again. */
const COPY_AGAIN_MS = 60 * 60_000;

/** Makes a backup each night, proves it by a trial restore, copies it, and drops old ones. */
export class ScheduledBackups {
  /** What admins do beside the schedule. */
  readonly byHand: BackupsByHand;
  readonly rounds: Rounds;
  private readonly ending = new AbortController();
  private readonly states: BackupStates;
  private readonly at: (WorkPlace & { work: BackupWork }) | null;

  constructor(private readonly deps: Needs, program: ProgramVersion) {
    this.states = new BackupStates(deps);
    const set = placeOf(deps);
    if (set === null) this.at = null;
    else {
      const at = { ...set, listing: new ErasureListing(deps, set.place.erasures) };
      this.at = { ...at, work: new BackupWork(deps, program, at, this.ending.signal) };
    }
    this.byHand = new BackupsByHand(deps, this.at);
    this.rounds = new Rounds({
      everyMs: ROUND_MS,
      work: () => this.tonight(),
      failed: (error) => deps.log("error", "Cannot look after backups", { error: causeOf(error) }),
    });
  }

  start(): void {
    this.at?.listing.start();
    this.rounds.start();
  }

  /** Ends what is under way at once; nothing half is left. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.rounds.stop();
    await this.byHand.ended();
    await this.at?.listing.stop();
  }

  /** The newest first. */
  async list(): Promise<BackupFile[]> {
    return await this.at?.place.list() ?? [];
  }

  state(): Promise<BackupState> {
    return this.states.current();
  }

  /** Whether the last backup or trial failed. */
  async failed(): Promise<boolean> {
    return this.at !== null && (await this.state()).failed !== null;
  }

  /** Does what is due at this hour, unless another process does it. */
  async tonight(): Promise<void> {
    const { calendar, clock } = this.deps;
    const now = clock();
    this.at?.listing.soon();
    if (this.at === null || this.ending.signal.aborted || calendar.hourOf(now) < HOUR) return;
    const due = this.dueOf(await this.state(), now);
    if (due === null) return;
    const { work } = this.at;
    // Another process may have begun it since, and even have ended it.
    const stillDue: Also = (_tx, state) => {
      if (!isDeepStrictEqual(this.dueOf(state, now), due)) {
        throw new AppError("conflict", { code: "backup.under_way" });
      }
    };
    try {
      const begun = due.job === "make"
        ? await work.make(stillDue)
        : await work[due.job](due.name, stillDue);
      await begun.done;
    } catch (error) {
      if (error instanceof AppError && error.told.code === "backup.under_way") return;
      throw error;
    }
  }

  /** The day's backup; then its copy, an hour after an attempt that failed; then its proof. */
  private dueOf({ made, proven, failed, known }: BackupState, now: number): Due | null {
    const { calendar } = this.deps;
    const today = calendar.dayOf(now);
    if (made === null || calendar.dayOf(made.at) < today) return { job: "make" };
    if (failed?.code === "not_copied" && failed.name !== null) {
      return now - failed.at < COPY_AGAIN_MS ? null : { job: "copy", name: failed.name };
    }
    const failedToday = failed !== null && calendar.dayOf(failed.at) === today;
    const removed = known[made.name] === undefined;
    if (proven?.name === made.name || removed || failedToday) return null;
    return { job: "prove", name: made.name };
  }

  /**
   * Makes a backup now, and proves it.
   * @throws {AppError} `conflict` while one is under way
   */
  async make(): Promise<void> {
    await (await this.work().make()).done;
  }

  /**
   * Restores a backup into a store for the trial and checks its books; the newest one by default.
   * @throws {AppError} `conflict` while another is under way, `missing` without one
   */
  async prove(name?: string): Promise<void> {
    const work = this.work();
    await (await work.prove(await work.found(name))).done;
  }

  private work(): BackupWork {
    if (this.at === null) throw new AppError("missing", { code: "backup.no_place" });
    return this.at.work;
  }
}
