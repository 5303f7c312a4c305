import type { Report } from "../key.ts";
import { Kv } from "../kv.ts";
import { lockFolderOf } from "../private_files.ts";
import { ProcessLocks } from "../process_locks.ts";

/** A store of its own file, which is deleted with it. */
export interface TemporaryStore extends AsyncDisposable {
  kv: Kv;
  generation: number;
}

/**
 * Copies a store's file beside it, also while other processes write, and opens the copy: the store
 * as it was at one moment.
 * @throws when there is no room for it
 */
export async function fileSnapshot(
  path: string,
  report: Report,
  now: number,
  signal?: AbortSignal,
): Promise<TemporaryStore> {
  // A folder that the program may write, wherever the store is. What a killed process leaves there
  // is not locked; the next process removes it, or the next copy where it was too young for that.
  const folder = lockFolderOf(path);
  await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  await new ProcessLocks(folder).sweep(now);
  const copy = `${folder}/copy-${crypto.randomUUID().slice(0, 8)}.sqlite`;
  return await temporaryStore(copy, report, () => copyFile(path, copy, signal));
}

/** Opens a store at a path where no file is; `fill` writes its file before. */
export async function temporaryStore(
  path: string,
  report: Report,
  fill: () => Promise<void> = () => Promise.resolve(),
): Promise<TemporaryStore> {
  let file: Deno.FsFile | undefined;
  const remove = async () => {
    file?.close();
    for (const end of ["", "-wal", "-shm", "-journal"]) {
      await Deno.remove(path + end).catch(() => {});
    }
  };
  try {
    // Made first: it is private from its first byte.
    file = await Deno.open(path, { createNew: true, write: true, mode: 0o600 });
    await file.tryLock(true);
    await fill();
    const kv = new Kv(await Deno.openKv(path), report);
    const { number } = await kv.refreshGeneration();
    return {
      kv,
      generation: number,
      async [Symbol.asyncDispose]() {
        kv.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Opens an empty store in memory. */
export async function memoryStore(report: Report): Promise<TemporaryStore> {
  const kv = new Kv(await Deno.openKv(":memory:"), report);
  return {
    kv,
    generation: 0,
    [Symbol.asyncDispose]() {
      kv.close();
      return Promise.resolve();
    },
  };
}

function copyFile(from: string, to: string, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL("./snapshot_worker.ts", import.meta.url), { type: "module" });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.onmessage = ({ data }) => data === null ? resolve() : reject(new Error(String(data)));
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(event.message));
  };
  const stop = () => reject(signal?.reason);
  signal?.addEventListener("abort", stop);
  worker.postMessage({ from, to });
  return promise.finally(() => {
    signal?.removeEventListener("abort", stop);
    worker.terminate();
  });
}
