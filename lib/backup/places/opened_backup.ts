import { AppError } from "../../platform/errors.ts";
import { decrypted, isEncrypted } from "../encryption.ts";
import type { BackupPlace } from "./backup_place.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Opens files, of which some are encrypted. */
type Files = Pick<BackupPlace, "open" | "isEncrypted">;

/** Files by their paths. */
export const ANY_FILE: Files = {
  open: async (path) => (await Deno.open(path)).readable,
  isEncrypted: async (path) => {
    const start = new Uint8Array(8);
    using file = await Deno.open(path);
    await file.read(start);
    return isEncrypted(start);
  },
};

/**
 * Opens a backup, decrypted where it is encrypted.
 * @throws {AppError} `invalid` for an encrypted one without a key
 */
export async function openedBackup(
  files: Files,
  name: string,
  key: string | undefined,
): Promise<ReadableStream<Bytes>> {
  const encrypted = await files.isEncrypted(name);
  if (encrypted && key === undefined) {
    throw new AppError("invalid", { code: "backup.key", set: false });
  }
  const stored = await files.open(name);
  return encrypted && key !== undefined ? decrypted(stored, key) : stored;
}
