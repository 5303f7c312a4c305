import { audit } from "../audit/log.ts";
import { chatKeys } from "../chat/records.ts";
import { AppError, causeOf } from "../platform/errors.ts";
import type { BackupJob } from "../shared/backup_codes.ts";
import type {
  BackupRow,
  BackupSummary,
  BackupsView,
  SinceBackup,
} from "../shared/views/backup_view.ts";
import type { AuditLog } from "../audit/log.ts";
import type { Tx } from "../store/transactions.ts";
import { BackupStates, type StateDeps } from "./backup_states.ts";
import type { BackupWork } from "./backup_work.ts";
import { type BackupFile, type BackupPlace, timeOf } from "./places/backup_place.ts";
import type { PlaceDeps } from "./places/place_of.ts";
import type { BackupState } from "./records.ts";

export interface HandDeps extends StateDeps {
  store: StateDeps["store"] & { audit: AuditLog };
  config: PlaceDeps["config"];
}

/** Actions of admins that change nothing. */
const LOOKS = /^(session|conversation\.(list|read|export)|backup)\b|\.(test|look|number)$/;
/** Most changes since a backup that are counted. */
const MOST_CHANGES = 1_000;

/** Backups as admins look at them and work with them; each action is in the audit log. */
export class BackupsByHand {
  private readonly states: BackupStates;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly deps: HandDeps,
    private readonly at: { place: BackupPlace; work: BackupWork } | null,
  ) {
    this.states = new BackupStates(deps);
  }

  async view(): Promise<BackupsView> {
    const [state, job, { files, fault }] = await Promise.all([
      this.states.current(),
      this.states.underWay(),
      this.files(),
    ]);
    const { BACKUP_DIR, BACKUP_S3_URL } = this.deps.config;
    return {
      on: this.at !== null,
      keyed: this.deps.config.BACKUP_KEY !== undefined,
      inFolder: BACKUP_DIR !== undefined,
      inBucket: BACKUP_S3_URL !== undefined,
      fault,
      job,
      rows: await Promise.all(files.map((file) => this.rowOf(file, state))),
      ...seenIn(state),
    };
  }

  /** The backups, or why they cannot be listed: a bucket may not answer. */
  private async files(): Promise<{ files: BackupFile[]; fault: string | null }> {
    try {
      return { files: await this.at?.place.list() ?? [], fault: null };
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== "unavailable") throw error;
      return { files: [], fault: error.told.code };
    }
  }

  /** The last trial and the last failure; null without a place for backups. */
  async summary(): Promise<BackupSummary | null> {
    if (this.at === null) return null;
    const { proven, failed } = seenIn(await this.states.current());
    return { proven, failed };
  }

  /** The job under way in any process, or null. */
  job(): Promise<BackupJob | null> {
    return this.states.underWay();
  }

  /**
   * One backup.
   * @throws {AppError} `missing`
   */
  async row(name: string): Promise<BackupRow> {
    const { place } = this.placed();
    const file = (await place.list()).find((each) => each.name === name);
    if (!file) throw new AppError("missing", { code: "backup.gone" });
    return await this.rowOf(file, await this.states.current());
  }

  private async rowOf(
    { name, at, bytes }: BackupFile,
    { known }: BackupState,
  ): Promise<BackupRow> {
    const { records = null, provenAt = null } = Object.hasOwn(known, name) ? known[name] ?? {} : {};
    const encrypted = await this.placed().place.isEncrypted(name);
    return { name, at, bytes, records, provenAt, encrypted };
  }

  /** What a restore of a backup would undo. */
  async since(at: number): Promise<SinceBackup> {
    const { store, clock } = this.deps;
    let conversations = 0;
    const heads = store.kv.pieces(
      ["head"],
      ([, visitor, tool]) => chatKeys.head(String(visitor), String(tool)),
    );
    for await (const rows of heads) {
      conversations += rows.filter(({ value }) => value.updatedAt > at).length;
    }
    const { entries } = await store.audit.find({
      from: at,
      until: clock() + 1,
      fits: ({ action }) => !LOOKS.test(action),
      limit: MOST_CHANGES,
      before: null,
    });
    return { conversations, changes: entries.length };
  }

  /**
   * Begins a job and returns: it goes on in the background.
   * @param name of the backup; by default the newest
   * @throws {AppError} `conflict` while another is under way, `missing`
   */
  async begin(who: string, job: BackupJob, name?: string): Promise<void> {
    const { work } = this.placed();
    const which = job === "make" ? "" : await work.found(name);
    const also = this.audited(who, job, which);
    const begun = job === "make"
      ? await work.make(also)
      : job === "prove"
      ? await work.prove(which, also)
      : await work.restore(which, who, also);
    this.running = begun.done.catch((error) =>
      this.deps.log("error", "Cannot note the end of a backup's job", { error: causeOf(error) })
    );
  }

  /** Resolves when what this process began is over. */
  ended(): Promise<void> {
    return this.running;
  }

  /**
   * Deletes a backup.
   * @throws {AppError} `missing`; `conflict` while a job is under way, which may need it
   */
  async remove(who: string, name: string): Promise<void> {
    const { work } = this.placed();
    const which = await work.found(name);
    if (await this.states.underWay() !== null) {
      throw new AppError("conflict", { code: "backup.under_way" });
    }
    await work.remove(which, this.audited(who, "remove", which));
  }

  /**
   * Opens an encrypted backup, to be taken elsewhere.
   * @throws {AppError} `missing`; `denied` for one that is not encrypted
   */
  async download(
    who: string,
    name: string,
  ): Promise<{ bytes: number; stream: ReadableStream<Uint8Array<ArrayBuffer>> }> {
    const { place } = this.placed();
    const { encrypted, bytes } = await this.row(name);
    if (!encrypted) throw new AppError("denied", { code: "backup.not_encrypted" });
    const stream = await place.open(name);
    await this.states.note((now) => now, this.audited(who, "download", name));
    return { bytes, stream };
  }

  private audited(who: string, verb: string, name: string): (tx: Tx) => void {
    const at = this.deps.clock();
    const thing = `backup:${name}`;
    return (tx) => {
      audit(tx, { at, who, action: `backup.${verb}`, thing, before: null, after: null });
    };
  }

  private placed(): { place: BackupPlace; work: BackupWork } {
    if (this.at === null) throw new AppError("missing", { code: "backup.no_place" });
    return this.at;
  }
}

/** The state as pages show it: backups by their times. */
function seenIn({ proven, failed, restored }: BackupState) {
  return {
    proven: proven && { ...proven, of: timeOf(proven.name) },
    failed: failed && { ...failed, of: failed.name === null ? null : timeOf(failed.name) },
    restored: restored && { ...restored, of: timeOf(restored.name) },
  };
}
