import type { NotedErasure } from "../../people/erasures.ts";
import { causeOf } from "../../platform/errors.ts";
import type { Log } from "../../platform/log.ts";
import type { BackupFile, BackupPlace, ErasureList } from "./backup_place.ts";

/**
 * Backups in a first place, each with a copy in a second one: a folder and a bucket. What is gone
 * from the first is read from the second; while the second fails, the first is used alone.
 */
export class CopiedPlace implements BackupPlace {
  readonly erasures: ErasureList;

  constructor(
    private readonly first: BackupPlace,
    private readonly second: BackupPlace,
    private readonly log: Log,
  ) {
    this.erasures = new CopiedErasures(first.erasures, second.erasures, log);
  }

  async list(): Promise<BackupFile[]> {
    const [first, second] = await Promise.all([this.first.list(), this.copies()]);
    const names = new Set(first.map(({ name }) => name));
    return [...first, ...second.filter(({ name }) => !names.has(name))]
      .sort((a, b) => b.at - a.at);
  }

  write(name: string, stream: ReadableStream<Uint8Array<ArrayBuffer>>, signal: AbortSignal) {
    return this.first.write(name, stream, signal);
  }

  async open(name: string): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    return await (await this.holderOf(name)).open(name);
  }

  async isEncrypted(name: string): Promise<boolean> {
    return await (await this.holderOf(name)).isEncrypted(name);
  }

  async remove(name: string): Promise<void> {
    await this.first.remove(name);
    await this.second.remove(name);
  }

  async copy(name: string, signal: AbortSignal): Promise<void> {
    const [known, copied] = await Promise.all([
      this.first.erasures.read(),
      this.second.erasures.read(),
    ]);
    const ids = new Set(copied.map(({ id }) => id));
    await this.second.erasures.add(known.filter(({ id }) => !ids.has(id)));
    await this.second.write(name, await this.first.open(name), signal);
  }

  private async holderOf(name: string): Promise<BackupPlace> {
    const isHere = (await this.first.list()).some((file) => file.name === name);
    return isHere ? this.first : this.second;
  }

  private async copies(): Promise<BackupFile[]> {
    try {
      return await this.second.list();
    } catch (error) {
      this.log("warn", "The bucket of backups cannot be listed", { error: causeOf(error) });
      return [];
    }
  }
}

/** Both lists of erasures. The second is completed with the next copy, where it could not be. */
class CopiedErasures implements ErasureList {
  constructor(
    private readonly first: ErasureList,
    private readonly second: ErasureList,
    private readonly log: Log,
  ) {}

  async read(): Promise<NotedErasure[]> {
    const first = await this.first.read();
    try {
      return [...first, ...await this.second.read()];
    } catch (error) {
      // A first place that has none may be new: then only the second one knows.
      if (first.length === 0) throw error;
      this.log("warn", "The bucket's list of deletions cannot be read", {
        error: causeOf(error),
      });
      return first;
    }
  }

  async add(erasures: readonly NotedErasure[]): Promise<void> {
    await this.first.add(erasures);
    await this.second.add(erasures).catch((error) => {
      this.log("warn", "The bucket's list of deletions cannot be written", {
        error: causeOf(error),
      });
    });
  }
}
