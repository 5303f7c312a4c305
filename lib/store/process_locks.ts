/** An unlocked file older than this is left over. */
const YOUNG_MS = 60_000;

/**
 * Tells which processes on a store's file live. Each holds a lock on a file of its own beside the
 * store; the system releases it when the process ends, however it ends. This needs no permission to
 * look at other processes, and no process number, which could be reused.
 */
export class ProcessLocks {
  private own: Deno.FsFile | null = null;

  /** @param folder created on demand */
  constructor(private readonly folder: string) {}

  /** Takes this process's lock; false where files cannot be locked. */
  async hold(id: string, now: number): Promise<boolean> {
    if (this.own !== null) return true;
    try {
      await Deno.mkdir(this.folder, { recursive: true, mode: 0o700 });
      await this.sweep(now);
      const file = await Deno.open(this.fileOf(id), { create: true, write: true, mode: 0o600 });
      if (await file.tryLock(true)) this.own = file;
      else file.close();
    } catch {
      // A disk without locks, or a full one: heartbeats have to do.
    }
    return this.own !== null;
  }

  /** Whether a process that took its lock still holds it; true when unknown. */
  async holds(id: string): Promise<boolean> {
    try {
      using file = await Deno.open(this.fileOf(id));
      // A shared lock: checks by several processes do not block each other.
      return !await file.tryLock(false);
    } catch (error) {
      return !(error instanceof Deno.errors.NotFound);
    }
  }

  async remove(id: string): Promise<void> {
    await Deno.remove(this.fileOf(id)).catch(() => {});
  }

  close(): void {
    this.own?.close();
    this.own = null;
  }

  /**
   * Removes files left by processes that were killed: their locks, and the copies of the store that
   * they were making. The files beside a copy go with its lock.
   */
  async sweep(now: number): Promise<void> {
    for await (const { name } of Deno.readDir(this.folder)) {
      // A file may be unlocked between its creation and its lock, but not for long.
      const { mtime } = await Deno.stat(this.fileOf(name)).catch(() => ({ mtime: null }));
      if (mtime === null || now - mtime.getTime() < YOUNG_MS) continue;
      if (!await this.holds(name.replace(/-(wal|shm|journal)$/, ""))) await this.remove(name);
    }
  }

  private fileOf(id: string): string {
    return `${this.folder}/${id}`;
  }
}
