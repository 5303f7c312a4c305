import { mediaKeys, type Picture } from "./records.ts";
import type { Key } from "../store/key.ts";
import type { Kv } from "../store/kv.ts";
import type { Transactions } from "../store/transactions.ts";

/** Deno KV takes 64 KiB a value and 800 KiB a commit. */
const PIECE = 60_000;
const PIECES_AT_ONCE = 8;
/** Most bytes of files per conversation; beyond it the oldest are deleted. */
export const MAX_MEDIA_BYTES = 20_000_000;
/** How long a count of all images serves, in ms. */
const TOTAL_MS = 60_000;
/** Most bytes cached in memory for the next turns. */
const CACHE_BYTES = 16_000_000;

/** A file with its media type, and its size in pixels where it is known. */
export interface File {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
  width?: number;
  height?: number;
}

/** A stored picture or recording; its visitor is unknown when it is incomplete. */
export interface KeptImage {
  id: string;
  bytes: number;
  /** Null when it is incomplete. */
  type: string | null;
  visitor: string | null;
}

/** Pictures and recordings of messages, stored in pieces as long as their conversation. */
export class Media {
  private readonly recent = new Map<string, File>();
  /** Files that were used since the last look for unused ones. */
  private readonly used = new Set<string>();
  private cachedBytes = 0;
  private total = { at: -Infinity, bytes: 0 };

  constructor(private readonly kv: Kv, private readonly transactions: Transactions) {
    kv.onSwitch(() => [...this.recent.keys()].forEach((id) => this.forget(id)));
    kv.onAge(() => this.age());
  }

  /**
   * Stores a file of a conversation; deletes the oldest ones beyond the limit.
   * @param lifetime milliseconds after which the store may delete it; by default it is kept as long
   * as its conversation
   */
  async keep(
    conversation: string,
    visitor: string,
    id: string,
    file: File,
    lifetime?: number,
  ): Promise<Picture> {
    const { bytes } = file;
    const about = aboutFile(file);
    const lasting = <T>(key: Key<T>): Key<T> => lifetime === undefined ? key : { ...key, lifetime };
    const kept = await this.ofConversation(conversation);
    let left = kept.reduce((sum, each) => sum + each.bytes, bytes.length);
    for (const each of kept) {
      if (left <= MAX_MEDIA_BYTES) break;
      await this.drop(conversation, each.id);
      left -= each.bytes;
    }
    const pieces = Math.ceil(bytes.length / PIECE);
    // Index first, so that a deletion of the conversation finds every piece.
    await this.transactions.run([], (tx) => {
      tx.set(lasting(mediaKeys.mediaOf(conversation, id)), bytes.length);
      tx.set(lasting(mediaKeys.mediaBy(visitor, id)), bytes.length);
      tx.set(lasting(mediaKeys.media(id)), { visitor, pieces, ...about });
    });
    this.total.bytes += bytes.length;
    for (let from = 0; from < pieces; from += PIECES_AT_ONCE) {
      const upTo = Math.min(pieces, from + PIECES_AT_ONCE);
      await this.transactions.run([], (tx) => {
        for (let n = from; n < upTo; n++) {
          const piece = bytes.slice(n * PIECE, (n + 1) * PIECE);
          tx.set(lasting(mediaKeys.mediaPiece(id, n)), piece);
        }
      }, (upTo - from) * PIECE);
    }
    this.remember(id, file);
    return { id, ...about };
  }

  /** An image's file; null if it is deleted or incomplete. */
  async file(id: string): Promise<File | null> {
    const known = this.recent.get(id);
    if (known) {
      this.used.add(id);
      return known;
    }
    const { value: info } = await this.kv.get(mediaKeys.media(id));
    if (info === null) return null;
    const bytes = new Uint8Array(info.bytes);
    const rows = await this.kv.getMany(
      numbers(info.pieces).map((n) => mediaKeys.mediaPiece(id, n)),
    );
    let at = 0;
    for (const { value } of rows) {
      if (value === null || at + value.length > bytes.length) return null;
      bytes.set(value, at);
      at += value.length;
    }
    if (at !== bytes.length) return null;
    const file: File = { ...aboutFile({ ...info, bytes }), bytes };
    this.remember(id, file);
    return file;
  }

  /** The visitor who sent it; null if it is deleted. */
  async ownerOf(id: string): Promise<string | null> {
    return (await this.kv.get(mediaKeys.media(id))).value?.visitor ?? null;
  }

  /** A conversation's files, oldest first. */
  async ofConversation(conversation: string): Promise<KeptImage[]> {
    const rows = await this.kv.list(
      { prefix: ["media_of", conversation] },
      (path) => mediaKeys.mediaOf(conversation, String(path[2])),
    );
    const ids = rows.map(({ path }) => String(path[2]));
    const about = await this.kv.getMany(ids.map((id) => mediaKeys.media(id)));
    return ids.map((id, i) => ({
      id,
      bytes: rows[i]?.value ?? 0,
      type: about[i]?.value?.type ?? null,
      visitor: about[i]?.value?.visitor ?? null,
    }));
  }

  /** Bytes of a visitor's files in all conversations. */
  async bytesOf(visitor: string): Promise<number> {
    const rows = await this.kv.list(
      { prefix: ["media_by", visitor] },
      (path) => mediaKeys.mediaBy(visitor, String(path[2])),
    );
    return rows.reduce((sum, { value }) => sum + value, 0);
  }

  /** Bytes of all files, about: counted once a minute, with this process's since. */
  async bytesOfAll(): Promise<number> {
    const at = performance.now();
    if (at - this.total.at < TOTAL_MS) return this.total.bytes;
    const rows = await this.kv.list(
      { prefix: ["media_of"] },
      (path) => mediaKeys.mediaOf(String(path[1]), String(path[2])),
    );
    this.total = { at, bytes: rows.reduce((sum, { value }) => sum + value, 0) };
    return this.total.bytes;
  }

  /** All keys of an image, for its deletion; also drops it from memory. */
  keysOf(
    conversation: string,
    { id, bytes, visitor }: Omit<KeptImage, "type" | "visitor"> & { visitor?: string | null },
  ): Key<unknown>[] {
    this.forget(id);
    return [
      ...(visitor ? [mediaKeys.mediaBy(visitor, id)] : []),
      ...numbers(Math.ceil(bytes / PIECE)).map((n) => mediaKeys.mediaPiece(id, n)),
      mediaKeys.media(id),
      mediaKeys.mediaOf(conversation, id),
    ];
  }

  /** Deletes an image, complete or not. */
  async drop(conversation: string, id: string): Promise<void> {
    const { value: bytes } = await this.kv.get(mediaKeys.mediaOf(conversation, id));
    if (bytes === null) return;
    const gone = this.keysOf(conversation, { id, bytes, visitor: await this.ownerOf(id) });
    await this.transactions.run([], (tx) => {
      for (const key of gone) tx.delete(key);
    }, 100 * gone.length);
  }

  private remember(id: string, file: File): void {
    this.forget(id);
    this.recent.set(id, file);
    this.used.add(id);
    this.cachedBytes += file.bytes.length;
    for (const [oldest] of this.recent) {
      if (this.cachedBytes <= CACHE_BYTES) break;
      this.forget(oldest);
    }
  }

  private forget(id: string): void {
    this.cachedBytes -= this.recent.get(id)?.bytes.length ?? 0;
    this.recent.delete(id);
    this.used.delete(id);
  }

  private age(): void {
    for (const id of [...this.recent.keys()]) if (!this.used.has(id)) this.forget(id);
    this.used.clear();
  }
}

function aboutFile({ type, bytes, width, height }: File) {
  const size = width === undefined || height === undefined ? {} : { width, height };
  return { type, bytes: bytes.length, ...size };
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
