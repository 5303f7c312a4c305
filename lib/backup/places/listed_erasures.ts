import type { NotedErasure } from "../../people/erasures.ts";
import { erasureLines, parseErasures } from "./erasure_lines.ts";
import type { ErasureList } from "./backup_place.ts";

/** The list's file in a folder of backups. */
const FILE = "erasures.jsonl";
const LINE_FEED = 10;

/** The list of erasures in a folder. Lines are only ever appended, by any number of processes. */
export class ListedErasures implements ErasureList {
  private readonly path: string;

  constructor(private readonly folder: string) {
    this.path = `${folder}/${FILE}`;
  }

  async read(): Promise<NotedErasure[]> {
    try {
      return parseErasures(await Deno.readTextFile(this.path));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return [];
      throw error;
    }
  }

  async add(erasures: readonly NotedErasure[]): Promise<void> {
    if (erasures.length === 0) return;
    await Deno.mkdir(this.folder, { recursive: true, mode: 0o700 });
    using file = await Deno.open(this.path, {
      create: true,
      read: true,
      append: true,
      mode: 0o600,
    });
    // After a line that was cut off a new one begins.
    const cut = await endsWithin(file) ? "\n" : "";
    const bytes = new TextEncoder().encode(cut + erasureLines(erasures));
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    await file.syncData();
  }
}

/** Whether a file ends within a line. */
async function endsWithin(file: Deno.FsFile): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  await file.seek(-1, Deno.SeekMode.End);
  const last = new Uint8Array(1);
  await file.read(last);
  return last[0] !== LINE_FEED;
}
