import type { BackupFault, BackupJob } from "../../shared/backup_codes.ts";
import type { BackupsView } from "../../shared/views/backup_view.ts";
import { counter } from "../plurals.ts";

const counted = counter("en");
const whole = new Intl.NumberFormat("en");
const DAY = 24 * 60 * 60_000;

/** Where a text is read. */
interface Where {
  timeZone: string;
  now: number;
}

/** "48,210 records". */
export function recordsText(records: number): string {
  return counted(records, { one: "# record", other: `${whole.format(records)} records` });
}

/** "6.1 MB". */
export function sizeText(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1_000)} KB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** "today", "yesterday", "26 November", with the year where it is another. */
export function dayText(at: number, { timeZone, now }: Where): string {
  const day = (time: number) => new Intl.DateTimeFormat("en-CA", { timeZone }).format(time);
  if (day(at) === day(now)) return "today";
  if (day(at) === day(now - DAY)) return "yesterday";
  const year = day(at).slice(0, 4) === day(now).slice(0, 4) ? {} : { year: "numeric" as const };
  return new Intl.DateTimeFormat("en-GB", { timeZone, day: "numeric", month: "long", ...year })
    .format(at);
}

/** "02:00". */
export function clockText(at: number, { timeZone }: Pick<Where, "timeZone">): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "short", hourCycle: "h23" })
    .format(at);
}

/** "today 02:00", the name of a backup. */
export function backupText(at: number, where: Where): string {
  return `${dayText(at, where)} ${clockText(at, where)}`;
}

/** The same at the beginning of a line. */
export function backupHeading(at: number, where: Where): string {
  const text = backupText(at, where);
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** How long ago something was proven: "Proven 2 days ago". */
export function provenChip(at: number, { timeZone, now }: Where): string {
  const dayOf = (time: number) =>
    Date.parse(new Intl.DateTimeFormat("en-CA", { timeZone }).format(time));
  const days = Math.max(0, Math.round((dayOf(now) - dayOf(at)) / DAY));
  if (days === 0) return "Proven today";
  return `Proven ${counted(days, { one: "yesterday", other: "# days ago" })}`;
}

/** What the last trial found. */
export function provenText({ records, tookMs }: NonNullable<BackupsView["proven"]>): string {
  const seconds = Math.max(1, Math.round(tookMs / 1_000));
  return `${
    counted(records, { one: "Its record", other: `All ${whole.format(records)} records` })
  } came back and the books agree to the cent. It took ${whole.format(seconds)} s.`;
}

export const JOBS: Readonly<Record<BackupJob, string>> = {
  make: "A backup is being made and proven. You can leave this page.",
  prove: "A backup is being proven: it is restored for a trial. You can leave this page.",
  restore:
    "A backup is being restored. Everybody is signed out when it is there; sign in again then.",
};

/** What was begun by a button. */
export const BEGUN: Readonly<Record<string, string>> = {
  removed: "The backup is deleted.",
};

/** What failed, and what still holds. `of` names the backup. */
export function backupFailure(
  code: BackupFault,
  of: string | null,
  proven: string | null,
): { what: string; then: string } {
  const one = of === null ? "A backup" : `The backup of ${of}`;
  const newest = proven === null
    ? "No backup has been proven yet."
    : `The one of ${proven} is the newest that is proven.`;
  switch (code) {
    case "not_made":
      return {
        what: "The last backup could not be made.",
        then: `Look at the disk's free space and at the log. ${newest}`,
      };
    case "not_copied":
      return {
        what: `${one} could not be copied to the bucket.`,
        then: "It lies on this machine only. The copy is tried again each hour.",
      };
    case "not_restored":
      return { what: `${one} could not be restored.`, then: newest };
    case "books_differ":
      return { what: `${one} came back, but its books do not add up.`, then: newest };
    case "not_replaced":
      return {
        what: `${one} could not be put in place of the store.`,
        then: `Nothing was changed. ${newest}`,
      };
  }
}

const WHY: ReadonlyMap<string, string> = new Map([
  ["backup.bucket_clock", "Its server refuses this machine's clock: set it right."],
  ["backup.bucket_cut", "It came from the bucket with its end missing."],
  ["backup.bucket_denied", "The bucket refuses the key, or the region is wrong."],
  ["backup.bucket_failed", "The bucket's server fails."],
  ["backup.bucket_missing", "There is no bucket of this name."],
  ["backup.bucket_unreachable", "The bucket's server does not answer."],
  ["backup.busy", "The store was written to at every try."],
  ["backup.damaged", "Its file was changed or cut off."],
  ["backup.key", "It was encrypted with another key than BACKUP_KEY."],
  ["backup.newer", "It was made by a newer version of the program."],
]);

/** The reason of a failure, where it is known. */
export function failedWhy(why: string | null): string {
  return WHY.get(why ?? "") ?? "";
}

/** Refusals of the form that restores. */
export const RESTORE_REFUSED = {
  name: "This is not the name of the organisation. Nothing was changed.",
} as const;
