import { AUDIT_WEIGHT } from "../audit/log.ts";
import { faultAlert, recordAlerts } from "../metering/spending_alerts.ts";
import type { Calendar } from "../platform/calendar.ts";
import type { Clock } from "../platform/clock.ts";
import { AppError, causeOf } from "../platform/errors.ts";
import type { EventBus } from "../platform/event_bus.ts";
import type { Log } from "../platform/log.ts";
import type { BackupFault, BackupJob } from "../shared/backup_codes.ts";
import type { Kv } from "../store/kv.ts";
import type { ProcessRegistry } from "../store/process_registry.ts";
import type { Transactions, Tx } from "../store/transactions.ts";
import { backupKeys, type BackupState, NO_BACKUPS } from "./records.ts";

export interface StateDeps {
  store: { kv: Kv; transactions: Transactions; processes: ProcessRegistry };
  calendar: Calendar;
  clock: Clock;
  bus: EventBus;
  log: Log;
}

/** Longest time for one job; another process takes over after it. */
const CLAIM_MS = 60 * 60_000;
/** Of the state with an entry of the audit log, in bytes. */
const WEIGHT = 20_000 + AUDIT_WEIGHT;

/** Reads the state that a commit changes, and writes in that commit. */
export type Also = (tx: Tx, before: BackupState) => void;

/** The stored state of the backups, and the claim of the process that works on one. */
export class BackupStates {
  constructor(private readonly deps: StateDeps) {}

  async current(): Promise<BackupState> {
    return (await this.deps.store.kv.get(backupKeys.state())).value ?? NO_BACKUPS;
  }

  /** The job under way in any living process, or null. */
  async underWay(): Promise<BackupJob | null> {
    const { store, clock } = this.deps;
    const { claim } = await this.current();
    if (claim === null || claim.until <= clock()) return null;
    return (await store.processes.listed()).has(claim.process) ? claim.job : null;
  }

  note(change: (state: BackupState) => BackupState, also: Also = () => {}): Promise<void> {
    const key = backupKeys.state();
    return this.deps.store.transactions.run([key], (tx) => {
      const state = tx.get(key) ?? NO_BACKUPS;
      tx.set(key, change(state));
      also(tx, state);
    }, WEIGHT);
  }

  /**
   * Claims the backups for this process and begins the work, whose end is `done`. `also` is part of
   * the commit of the claim.
   * @throws {AppError} `conflict` while another job is under way
   */
  async begin(
    job: BackupJob,
    work: () => Promise<void>,
    also?: Also,
  ): Promise<{ done: Promise<void> }> {
    const { store, clock } = this.deps;
    const process = store.processes.self;
    const now = clock();
    const living = await store.processes.listed();
    await this.note((state) => {
      const { claim } = state;
      if (claim !== null && claim.until > now && living.has(claim.process)) {
        throw new AppError("conflict", { code: "backup.under_way" });
      }
      return { ...state, claim: { process, until: now + CLAIM_MS, job } };
    }, also);
    const ended = () =>
      this.note((state) => state.claim?.process === process ? { ...state, claim: null } : state);
    return { done: work().finally(ended) };
  }

  /** Notes a failure, and alerts the admins. */
  async failed(code: BackupFault, name: string | null, error: unknown): Promise<void> {
    const { store, calendar, clock, bus, log } = this.deps;
    const at = clock();
    const why = error instanceof AppError ? error.told.code : null;
    log("error", "A backup failed", { code, error: why ?? causeOf(error) });
    await this.note((state) => ({ ...state, failed: { at, name, code, why } }));
    await store.transactions.run([], (tx) => {
      recordAlerts(tx, calendar.dayOf(at), [faultAlert(at, "backup_failed", code)]);
    });
    bus.emit("AlertRaised", {});
  }
}
