import type { BucketSettings } from "../../config/backup.ts";
import { type BackupFile, type BackupPlace, timeOf } from "../places/backup_place.ts";
import { BucketErasures } from "./bucket_erasures.ts";
import { objectsOf } from "./object_list.ts";
import { S3Client, type S3Deps, type S3Limits } from "./s3_client.ts";
import { upload } from "./upload.ts";

/** Backups in a bucket, all of them encrypted. */
export class BackupBucket implements BackupPlace {
  readonly erasures: BucketErasures;
  private readonly client: S3Client;
  private readonly prefix: string;

  /** @param key passphrase that encrypts the list of erasures; backups come encrypted with it */
  constructor(deps: S3Deps, settings: BucketSettings, key: string, limits?: S3Limits) {
    this.client = new S3Client(deps, settings, limits);
    this.prefix = settings.prefix;
    this.erasures = new BucketErasures(this.client, settings.prefix, key);
  }

  async list(): Promise<BackupFile[]> {
    return (await objectsOf(this.client, this.prefix, "obt-helper-"))
      .flatMap(({ name, bytes }) => {
        const at = timeOf(name);
        return at === null ? [] : [{ name, at, bytes }];
      })
      .sort((a, b) => b.at - a.at);
  }

  write(
    name: string,
    stream: ReadableStream<Uint8Array<ArrayBuffer>>,
    signal: AbortSignal,
  ): Promise<number> {
    return upload(this.client, name, stream, signal);
  }

  open(name: string): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    return this.client.open(name);
  }

  isEncrypted(): Promise<boolean> {
    return Promise.resolve(true);
  }

  async remove(name: string): Promise<void> {
    if (timeOf(name) !== null) await this.client.send({ method: "DELETE", name });
  }
}
