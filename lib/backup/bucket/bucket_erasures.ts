import type { NotedErasure } from "../../people/erasures.ts";
import { AppError } from "../../platform/errors.ts";
import { decrypted, encrypted } from "../encryption.ts";
import type { ErasureList } from "../places/backup_place.ts";
import { erasureLines, parseErasures } from "../places/erasure_lines.ts";
import { objectsOf } from "./object_list.ts";
import type { S3Client } from "./s3_client.ts";

const NAME = "erasures-";
/** Objects from which on they are put together. */
const MANY = 12;
/** Readings of a list whose objects were put together meanwhile. */
const TRIES = 3;

/**
 * The list of erasures in a bucket, encrypted. An object is never changed: each addition is one of
 * its own, so that processes do not overwrite each other's. Many are put together in a new one
 * before they are deleted.
 */
export class BucketErasures implements ErasureList {
  constructor(
    private readonly client: S3Client,
    private readonly prefix: string,
    private readonly key: string,
  ) {}

  async read(): Promise<NotedErasure[]> {
    return (await this.objects()).erasures;
  }

  async add(erasures: readonly NotedErasure[]): Promise<void> {
    if (erasures.length === 0) return;
    await this.put(erasures);
    if ((await objectsOf(this.client, this.prefix, NAME)).length < MANY) return;
    const { erasures: all, names } = await this.objects();
    await this.put(all);
    for (const name of names) await this.client.send({ method: "DELETE", name });
  }

  private async put(erasures: readonly NotedErasure[]): Promise<void> {
    const text = new TextEncoder().encode(erasureLines(erasures));
    const body = await bytesOf(encrypted(ReadableStream.from([text]), this.key));
    await this.client.send({ method: "PUT", name: `${NAME}${crypto.randomUUID()}.enc`, body });
  }

  private async objects(): Promise<{ erasures: NotedErasure[]; names: string[] }> {
    for (let tried = 1;; tried++) {
      const names = (await objectsOf(this.client, this.prefix, NAME)).map(({ name }) => name);
      try {
        let text = "";
        for (const name of names) {
          const stored = await this.client.open(name);
          text += new TextDecoder().decode(await bytesOf(decrypted(stored, this.key)));
        }
        return { erasures: parseErasures(text), names };
      } catch (error) {
        const isGone = error instanceof AppError && error.kind === "missing";
        if (!isGone || tried === TRIES) throw error;
      }
    }
  }
}

async function bytesOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
