import { type BackupFile, type BackupPlace, timeOf } from "./backup_place.ts";
import { ListedErasures } from "./listed_erasures.ts";
import { ANY_FILE } from "./opened_backup.ts";

const HALF = ".half";

/** Backups in a folder. */
export class BackupFolder implements BackupPlace {
  readonly erasures: ListedErasures;

  constructor(private readonly folder: string) {
    this.erasures = new ListedErasures(folder);
  }

  /** The newest first; none where the folder does not exist yet. */
  async list(): Promise<BackupFile[]> {
    const files: BackupFile[] = [];
    try {
      for await (const { name, isFile } of Deno.readDir(this.folder)) {
        const at = timeOf(name);
        if (!isFile || at === null) continue;
        const { size } = await Deno.stat(this.pathOf(name));
        files.push({ name, at, bytes: size });
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    return files.sort((a, b) => b.at - a.at);
  }

  /**
   * Writes a file as a whole or not at all; returns its size. One at a time over all processes: what
   * a killed one left half is removed.
   */
  async write(
    name: string,
    stream: ReadableStream<Uint8Array<ArrayBuffer>>,
    signal: AbortSignal,
  ): Promise<number> {
    await Deno.mkdir(this.folder, { recursive: true, mode: 0o700 });
    for await (const { name } of Deno.readDir(this.folder)) {
      if (timeOf(name.slice(0, -HALF.length)) !== null && name.endsWith(HALF)) {
        await Deno.remove(this.pathOf(name)).catch(() => {});
      }
    }
    const half = this.pathOf(name) + HALF;
    try {
      const file = await Deno.open(half, {
        create: true,
        truncate: true,
        write: true,
        mode: 0o600,
      });
      await stream.pipeTo(file.writable, { signal });
      await Deno.rename(half, this.pathOf(name));
    } catch (error) {
      await Deno.remove(half).catch(() => {});
      throw error;
    }
    return (await Deno.stat(this.pathOf(name))).size;
  }

  open(name: string): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    return ANY_FILE.open(this.pathOf(name));
  }

  isEncrypted(name: string): Promise<boolean> {
    return ANY_FILE.isEncrypted(this.pathOf(name));
  }

  async remove(name: string): Promise<void> {
    // Another name would lead out of the folder.
    if (timeOf(name) === null) return;
    await Deno.remove(this.pathOf(name)).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }

  /** Path of a store for a trial; what a killed one left is removed first. */
  async trialPath(): Promise<string> {
    for await (const { name } of Deno.readDir(this.folder)) {
      if (name.startsWith("trial-")) await Deno.remove(this.pathOf(name)).catch(() => {});
    }
    return `${this.folder}/trial-${crypto.randomUUID().slice(0, 8)}.sqlite`;
  }

  private pathOf(name: string): string {
    return `${this.folder}/${name}`;
  }
}
