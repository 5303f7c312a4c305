import type { NotedErasure } from "../../people/erasures.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** A backup where it is kept. */
export interface BackupFile {
  name: string;
  /** Time of the backup, in its name. */
  at: number;
  bytes: number;
}

/** Where backups are kept, each under the time at which it was made. */
export interface BackupPlace {
  readonly erasures: ErasureList;
  /** The newest first. */
  list(): Promise<BackupFile[]>;
  /** Writes a backup as a whole or not at all; returns its size. */
  write(name: string, stream: ReadableStream<Bytes>, signal: AbortSignal): Promise<number>;
  /** Opens a backup as it is stored. */
  open(name: string): Promise<ReadableStream<Bytes>>;
  isEncrypted(name: string): Promise<boolean>;
  remove(name: string): Promise<void>;
  /** Copies a backup to the second place, if there is one. */
  copy?(name: string, signal: AbortSignal): Promise<void>;
}

/** The list beside the backups of what people deleted since; see lib/people/erasures.ts. */
export interface ErasureList {
  /** @throws where the list is there and cannot be read: a restore would bring back too much */
  read(): Promise<NotedErasure[]>;
  /** Adds erasures; the same one may come twice. */
  add(erasures: readonly NotedErasure[]): Promise<void>;
}

const NAME = /^obt-helper-(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)Z\.backup$/;

/** The name of a backup that is made at a time. */
export function backupName(at: number): string {
  const [day, time = ""] = new Date(at).toISOString().split("T");
  return `obt-helper-${day}T${time.slice(0, 8).replaceAll(":", "")}Z.backup`;
}

/** The time in a backup's name; null for another name. */
export function timeOf(name: string): number | null {
  const [, day, hours, minutes, seconds] = NAME.exec(name) ?? [];
  return day === undefined ? null : Date.parse(`${day}T${hours}:${minutes}:${seconds}Z`);
}
