import type { BucketSettings } from "../../config/backup.ts";
import type { Log } from "../../platform/log.ts";
import { isFile, lockFolderOf } from "../../store/private_files.ts";
import { BackupBucket } from "../bucket/backup_bucket.ts";
import type { S3Deps, S3Limits } from "../bucket/s3_client.ts";
import { BackupFolder } from "./backup_folder.ts";
import type { BackupPlace } from "./backup_place.ts";
import { CopiedPlace } from "./copied_place.ts";

export interface PlaceDeps extends S3Deps {
  config: {
    KV_PATH?: string | undefined;
    BACKUP_DIR?: string | undefined;
    BACKUP_S3_URL?: BucketSettings | undefined;
    BACKUP_KEY?: string | undefined;
  };
  log: Log;
}

export interface SetPlace {
  place: BackupPlace;
  /** Path of a store for a trial; null where it is in memory. */
  trialPath: () => Promise<string | null>;
}

/** The place of backups by the settings; null when none is set. */
export function placeOf(deps: PlaceDeps, limits?: S3Limits): SetPlace | null {
  const { BACKUP_DIR, BACKUP_S3_URL, BACKUP_KEY, KV_PATH } = deps.config;
  const folder = BACKUP_DIR === undefined ? null : new BackupFolder(BACKUP_DIR);
  const bucket = BACKUP_S3_URL === undefined || BACKUP_KEY === undefined
    ? null
    : new BackupBucket(deps, BACKUP_S3_URL, BACKUP_KEY, limits);
  if (folder !== null) {
    const place = bucket === null ? folder : new CopiedPlace(folder, bucket, deps.log);
    return { place, trialPath: () => folder.trialPath() };
  }
  if (bucket === null) return null;
  return { place: bucket, trialPath: () => trialBeside(KV_PATH) };
}

/** A path in the folder in which the store's file has its locks; the program may write there. */
async function trialBeside(store: string | undefined): Promise<string | null> {
  if (!isFile(store)) return null;
  const folder = lockFolderOf(store);
  await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  return `${folder}/trial-${crypto.randomUUID().slice(0, 8)}.sqlite`;
}
