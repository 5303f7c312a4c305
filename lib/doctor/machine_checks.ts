import { statfs } from "node:fs/promises";
import type { Config } from "../config.ts";
import {
  DOCTOR,
  DOCTOR_CHECKS,
  type DoctorFinding,
  type FindingState,
} from "../locales/admin/doctor.ts";
import { isFile } from "../store/private_files.ts";

/** Free bytes below which there is something to do, and below which the program may stop soon. */
const LITTLE = 2e9, TOO_LITTLE = 200e6;
const OTHERS = 0o077;

/** The folder of a path; the working folder for a bare name. */
function folderOf(path: string): string {
  return path.replace(/[^/\\]*$/, "") || ".";
}

/** Free space where the store and the backups are. */
export async function diskFinding({ KV_PATH, BACKUP_DIR }: Config): Promise<DoctorFinding> {
  const places = [...isFile(KV_PATH) ? [folderOf(KV_PATH)] : [], ...BACKUP_DIR ? [BACKUP_DIR] : []];
  const found = (state: FindingState, text: string) => ({ state, title: DOCTOR_CHECKS.disk, text });
  if (places.length === 0) return found("ok", DOCTOR.diskRemote);
  let least: { free: number; path: string } | null = null;
  for (const path of places) {
    const free = await freeAt(path);
    if (free !== null && (least === null || free < least.free)) least = { free, path };
  }
  if (least === null) return found("warn", DOCTOR.diskUnknown);
  const words = least.free < 1e9
    ? `${Math.round(least.free / 1e6)} MB`
    : `${(least.free / 1e9).toFixed(1)} GB`;
  if (least.free >= LITTLE) return found("ok", DOCTOR.diskOk(words));
  return found(least.free < TOO_LITTLE ? "bad" : "warn", DOCTOR.diskLow(words, least.path));
}

async function freeAt(path: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** Whether others on this machine can read what is private. */
export async function rightsFinding({ KV_PATH, BACKUP_DIR }: Config): Promise<DoctorFinding> {
  const store = isFile(KV_PATH) ? [KV_PATH, `${KV_PATH}-wal`, `${KV_PATH}-shm`] : [];
  const open: string[] = [];
  for (const path of [...store, ".env", ...BACKUP_DIR ? [BACKUP_DIR] : []]) {
    const mode = await Deno.stat(path).then(({ mode }) => mode ?? 0, () => 0);
    if ((mode & OTHERS) !== 0) open.push(path);
  }
  return open.length === 0
    ? { state: "ok", title: DOCTOR_CHECKS.rights, text: DOCTOR.rightsOk }
    : { state: "bad", title: DOCTOR_CHECKS.rights, text: DOCTOR.rightsOpen(open) };
}
