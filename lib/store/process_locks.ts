/** A file that is older than this and not locked belongs to nobody any more. */
const YOUNG_MS = 60_000;

/**
 * Which of the processes that share a store's file live. Each holds a lock on a
 * file of its own beside the store; the system lets go of it when the process
 * ends, however it ends. To ask that takes no right to look at other processes,
 * and no number that another program may have got since.
 */
export class ProcessLocks {
  private own: Deno.FsFile | null = null;

  /** @param folder made when it is needed */
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
      // A disk without locks, or one that is full: the heartbeats have to do.
    }
    return this.own !== null;
  }

  /** Whether a process that took its lock still has it; true when that cannot be told. */
  async holds(id: string): Promise<boolean> {
    try {
      using file = await Deno.open(this.fileOf(id));
      // Shared with all who ask at this moment: only its owner has it for itself.
      return !await file.tryLock(false);
    } catch (error) {
      return !(error instanceof Deno.errors.NotFound);
    }
  }

  /** Removes the file of a process that has ended. */
  async remove(id: string): Promise<void> {
    await Deno.remove(this.fileOf(id)).catch(() => {});
  }

  /** Lets go of this process's lock. */
  close(): void {
    this.own?.close();
    this.own = null;
  }

  /** Takes away what processes left that were ended while they took it away themselves. */
  private async sweep(now: number): Promise<void> {
    for await (const { name } of Deno.readDir(this.folder)) {
      // Between making its file and locking it a process may be young, never old.
      const { mtime } = await Deno.stat(this.fileOf(name)).catch(() => ({ mtime: null }));
      if (mtime === null || now - mtime.getTime() < YOUNG_MS) continue;
      if (!await this.holds(name)) await this.remove(name);
    }
  }

  private fileOf(id: string): string {
    return `${this.folder}/${id}`;
  }
}
