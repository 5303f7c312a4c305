import { z } from "zod";
import { isOwnServer } from "../shared/own_server.ts";
import { secret, text } from "./values.ts";

/** A bucket of a server that speaks like Amazon's S3, and the key pair for it. */
export interface BucketSettings {
  /** Address of the server without a path. */
  server: string;
  bucket: string;
  /** Beginning of all names in it, "" or with a slash at its end. */
  prefix: string;
  region: string;
  accessKey: string;
  secretKey: string;
}

const BUCKET = "https://KEY:SECRET@SERVER/BUCKET, with ?region=… where the server needs one";

/** How backups are made. */
export const BACKUP_SETTINGS = {
  /** Folder of the nightly ones; none are made without a place. */
  BACKUP_DIR: text.optional(),
  /** A bucket in its place, or for a copy of each. */
  BACKUP_S3_URL: z.string().transform((value, context) => {
    const bucket = bucketOf(value);
    if (bucket !== null) return bucket;
    // Without the value: it has a secret.
    context.addIssue({ code: "custom", message: BUCKET, input: "" });
    return z.NEVER;
  }).optional(),
  /** Passphrase that encrypts them. */
  BACKUP_KEY: secret.optional(),
};

/** Why the settings of backups do not go together, in words; null when they do. */
export function backupProblem(
  { BACKUP_S3_URL, BACKUP_KEY }: { BACKUP_S3_URL?: unknown; BACKUP_KEY?: unknown },
): string | null {
  return BACKUP_S3_URL !== undefined && BACKUP_KEY === undefined
    ? "BACKUP_S3_URL needs a BACKUP_KEY: no backup leaves the machine without the key that encrypts it"
    : null;
}

function bucketOf(value: string): BucketSettings | null {
  if (!URL.canParse(value)) return null;
  const url = new URL(value);
  const { protocol, username, password, pathname, searchParams } = url;
  const plain = protocol === "http:" && isOwnServer(value);
  const [, bucket = "", ...folders] = pathname.split("/");
  if (protocol !== "https:" && !plain) return null;
  if (username === "" || password === "" || !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    return null;
  }
  const prefix = folders.filter((folder) => folder !== "");
  try {
    return {
      server: url.origin,
      bucket,
      prefix: prefix.map((folder) => `${decodeURIComponent(folder)}/`).join(""),
      region: searchParams.get("region") ?? regionIn(url.hostname),
      accessKey: decodeURIComponent(username),
      secretKey: decodeURIComponent(password),
    };
  } catch {
    return null;
  }
}

/** The region in the name of one of Amazon's servers; for others the usual one. */
function regionIn(host: string): string {
  return /^s3[.-]([a-z0-9-]+)\.amazonaws\.com$/.exec(host)?.[1] ?? "us-east-1";
}
