import { mediaKeys, type Picture } from "./records.ts";
import type { Key } from "../store/key.ts";
import type { Kv } from "../store/kv.ts";
import type { Transactions } from "../store/transactions.ts";

/** Deno KV takes 64 KiB a value and 800 KiB a commit. */
const PIECE = 60_000;
const PIECES_AT_ONCE = 8;
/** Most bytes of images per conversation; beyond it the oldest are deleted. */
export const MAX_MEDIA_BYTES = 20_000_000;
/** Most bytes cached in memory for the next turns. */
const CACHE_BYTES = 16_000_000;

/** A file with its media type. */
export interface File {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Images of messages, stored in pieces as long as their conversation. */
export class Media {
  private readonly recent = new Map<string, File>();
  private cachedBytes = 0;

  constructor(private readonly kv: Kv, private readonly transactions: Transactions) {
    kv.onSwitch(() => [...this.recent.keys()].forEach((id) => this.forget(id)));
  }

  /** Stores an image of a conversation; deletes the oldest ones beyond the limit. */
  async keep(conversation: string, visitor: string, id: string, file: File): Promise<Picture> {
    const { type, bytes } = file;
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
      tx.set(mediaKeys.mediaOf(conversation, id), bytes.length);
      tx.set(mediaKeys.media(id), { visitor, type, bytes: bytes.length, pieces });
    });
    for (let from = 0; from < pieces; from += PIECES_AT_ONCE) {
      const upTo = Math.min(pieces, from + PIECES_AT_ONCE);
      await this.transactions.run([], (tx) => {
        for (let n = from; n < upTo; n++) {
          tx.set(mediaKeys.mediaPiece(id, n), bytes.slice(n * PIECE, (n + 1) * PIECE));
        }
      }, (upTo - from) * PIECE);
    }
    this.remember(id, file);
    return { id, type, bytes: bytes.length };
  }

  /** An image's file; null if it is deleted or incomplete. */
  async file(id: string): Promise<File | null> {
    const known = this.recent.get(id);
    if (known) return known;
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
    const file = { type: info.type, bytes };
    this.remember(id, file);
    return file;
  }

  /** The visitor who sent it; null if it is deleted. */
  async ownerOf(id: string): Promise<string | null> {
    return (await this.kv.get(mediaKeys.media(id))).value?.visitor ?? null;
  }

  /** A conversation's images, oldest first. */
  async ofConversation(conversation: string): Promise<{ id: string; bytes: number }[]> {
    const rows = await this.kv.list(
      { prefix: ["media_of", conversation] },
      (path) => mediaKeys.mediaOf(conversation, String(path[2])),
    );
    return rows.map(({ path, value }) => ({ id: String(path[2]), bytes: value }));
  }

  /** All keys of an image, for its deletion; also drops it from memory. */
  keysOf(conversation: string, { id, bytes }: { id: string; bytes: number }): Key<unknown>[] {
    this.forget(id);
    return [
      ...numbers(Math.ceil(bytes / PIECE)).map((n) => mediaKeys.mediaPiece(id, n)),
      mediaKeys.media(id),
      mediaKeys.mediaOf(conversation, id),
    ];
  }

  /** Deletes an image, complete or not. */
  async drop(conversation: string, id: string): Promise<void> {
    const { value: bytes } = await this.kv.get(mediaKeys.mediaOf(conversation, id));
    if (bytes === null) return;
    const gone = this.keysOf(conversation, { id, bytes });
    await this.transactions.run([], (tx) => {
      for (const key of gone) tx.delete(key);
    }, 100 * gone.length);
  }

  private remember(id: string, file: File): void {
    this.forget(id);
    this.recent.set(id, file);
    this.cachedBytes += file.bytes.length;
    for (const [oldest] of this.recent) {
      if (this.cachedBytes <= CACHE_BYTES) break;
      this.forget(oldest);
    }
  }

  private forget(id: string): void {
    this.cachedBytes -= this.recent.get(id)?.bytes.length ?? 0;
    this.recent.delete(id);
  }
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
