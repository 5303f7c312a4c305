import { randomBytes } from "node:crypto";
import { admit } from "../../limits/rules/rate.ts";
import { limitKeys } from "../../limits/records.ts";
import { rateLimited } from "../../metering/refusals.ts";
import type { PromptImage } from "../../llm/rules/prompt.ts";
import type { VisitorDeletion, VisitorRecords } from "../../people/visitors.ts";
import { AppError } from "../../platform/errors.ts";
import type { Clock } from "../../platform/clock.ts";
import type { StoredSettings } from "../../settings/stored_settings.ts";
import type { Kv } from "../../store/kv.ts";
import type { Transactions, Tx } from "../../store/transactions.ts";
import { hasRoom, roomUsedBy, VISITOR_BYTES, VISITOR_MEGABYTES } from "../room.ts";
import type { Media } from "../stored_media.ts";
import { STAGED_MS, stagedKeys, type StagedPicture } from "./records.ts";
import { type CleanPicture, cleanPicture } from "./rules/clean_picture.ts";

/** Most pictures of a message, and bytes of them together. */
export const MOST_PICTURES = 4;
export const MOST_TOGETHER = 16_000_000;
/** Most staged pictures of a visitor: they share a record. */
const MOST_STAGED = 200;
/** Pictures that an address may stage. */
const LIMIT = { limit: 60, windowMs: 5 * 60_000 };
/** Deno KV takes 64 KiB a value and 800 KiB a commit. */
const PIECE = 60_000;
const PIECES_AT_ONCE = 8;

interface Needs {
  store: { kv: Kv; transactions: Transactions; media: Media; settings: StoredSettings };
  clock: Clock;
}

/** A picture's file as its sender declares it. */
export interface SentFile {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Pictures that visitors chose and have not sent yet. */
export class StagedPictures implements VisitorRecords {
  constructor(private readonly deps: Needs) {}

  /**
   * Checks a picture, removes its metadata and keeps it for a day.
   * @param address the client's, for the rate limit
   * @throws {AppError} `invalid` with a code `picture.…`, `limited`, or `too_large` for a quota
   */
  async stage(
    { visitor, address }: { visitor: string; address: string },
    file: SentFile,
  ): Promise<{ id: string } & CleanPicture> {
    const picture = cleanPicture(file.bytes, file.type);
    const { type, bytes, width, height } = picture;
    const elsewhere = await this.checkRoom(visitor, bytes.length);
    const id = randomBytes(16).toString("base64url");
    const { store: { transactions }, clock } = this.deps;
    const mineKey = stagedKeys.ofVisitor(visitor), limitKey = limitKeys.limit("picture", address);
    const at = clock();
    const pieces = Math.ceil(bytes.length / PIECE);
    // The record first, so that a deletion of the visitor's data finds every piece.
    await transactions.run([mineKey, limitKey], (tx) => {
      const rate = admit(tx.get(limitKey) ?? [], at, LIMIT);
      if (!rate.admitted) throw rateLimited(rate);
      const mine = (tx.get(mineKey) ?? []).filter((each) => isKept(each, at));
      // Others may have come since the quota was read.
      const isFull = elsewhere + sumOf(mine) + bytes.length > VISITOR_BYTES;
      if (isFull || mine.length >= MOST_STAGED) throw quotaUsed();
      tx.set(limitKey, rate.times);
      tx.set(mineKey, [...mine, { id, bytes: bytes.length, at }]);
      tx.set(stagedKeys.staged(id), {
        visitor,
        type,
        bytes: bytes.length,
        pieces,
        width,
        height,
        at,
      });
    });
    for (let from = 0; from < pieces; from += PIECES_AT_ONCE) {
      const upTo = Math.min(pieces, from + PIECES_AT_ONCE);
      await transactions.run([], (tx) => {
        for (let n = from; n < upTo; n++) {
          tx.set(stagedKeys.piece(id, n), bytes.slice(n * PIECE, (n + 1) * PIECE));
        }
      }, (upTo - from) * PIECE);
    }
    return { id, ...picture };
  }

  /**
   * Whether a visitor may send so many bytes more; returns the bytes of all but staged pictures.
   * @throws {AppError} `too_large`
   */
  async checkRoom(visitor: string, bytes: number): Promise<number> {
    const { staged, uploads, sent } = await roomUsedBy(this.deps, visitor);
    if (staged + uploads + sent + bytes > VISITOR_BYTES) throw quotaUsed();
    if (!await hasRoom(this.deps, bytes)) {
      throw new AppError("too_large", { code: "picture.no_room" });
    }
    return uploads + sent;
  }

  /** A visitor's staged picture; null for any other. */
  async file(visitor: string, id: string): Promise<PromptImage | null> {
    const { store: { kv }, clock } = this.deps;
    const { value: about } = await kv.get(stagedKeys.staged(id));
    if (about?.visitor !== visitor || !isKept(about, clock())) return null;
    const rows = await kv.getMany(piecesOf(id, about));
    const pieces = rows.map(({ value }) => value).filter((value) => value !== null);
    const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
    const { type, width, height } = about;
    return bytes.length === about.bytes ? { type, bytes, width, height } : null;
  }

  /**
   * The files of pictures for one message.
   * @throws {AppError} `missing`, or `invalid` for too many
   */
  async files(visitor: string, ids: readonly string[]): Promise<PromptImage[]> {
    if (ids.length > MOST_PICTURES || new Set(ids).size < ids.length) throw tooMany();
    const files = await Promise.all(ids.map((id) => this.file(visitor, id)));
    const found = files.filter((file) => file !== null);
    if (found.length < ids.length) throw gone();
    return checkedTogether(found);
  }

  /** Takes pictures out of the staged ones, in the commit that begins their turn. */
  take(visitor: string, ids: readonly string[]) {
    const mineKey = stagedKeys.ofVisitor(visitor);
    const keys = ids.map((id) => stagedKeys.staged(id));
    return {
      reads: [mineKey, ...keys],
      /** @throws {AppError} `missing` when one was sent meanwhile */
      run: (tx: Tx) => {
        for (const key of keys) {
          if (tx.get(key)?.visitor !== visitor) throw gone();
          tx.delete(key);
        }
        setMine(tx, visitor, (tx.get(mineKey) ?? []).filter(({ id }) => !ids.includes(id)));
        return {};
      },
    };
  }

  /** Deletes the pieces of pictures; their records are gone or go with them. */
  async drop(visitor: string, ids: readonly string[]): Promise<void> {
    const { kv, transactions } = this.deps.store;
    const mineKey = stagedKeys.ofVisitor(visitor);
    for (const id of ids) {
      const key = stagedKeys.staged(id);
      const { value: about } = await kv.get(key);
      if (about?.visitor !== visitor) continue;
      await transactions.run([key, mineKey], (tx) => {
        for (const each of [key, ...piecesOf(id, about)]) tx.delete(each);
        setMine(tx, visitor, (tx.get(mineKey) ?? []).filter((each) => each.id !== id));
      }, 100 * about.pieces);
    }
  }

  /** Deletes the pieces of pictures that were taken. */
  async clear(taken: readonly { id: string; bytes: number }[]): Promise<void> {
    for (const { id, bytes } of taken) {
      const pieces = piecesOf(id, { pieces: Math.ceil(bytes / PIECE) });
      await this.deps.store.transactions.run([], (tx) => {
        for (const each of pieces) tx.delete(each);
      }, 100 * pieces.length);
    }
  }

  /** Deletes all of a visitor's staged pictures. */
  async deleteVisitor(visitor: string): Promise<VisitorDeletion> {
    const { value: mine } = await this.deps.store.kv.get(stagedKeys.ofVisitor(visitor));
    await this.drop(visitor, (mine ?? []).map(({ id }) => id));
    return { erased: 0, done: true };
  }
}

/**
 * Pictures without metadata, from a form without a script.
 * @throws {AppError} `invalid`
 */
export function cleanPictures(files: readonly SentFile[]): PromptImage[] {
  if (files.length > MOST_PICTURES) throw tooMany();
  return checkedTogether(files.map(({ bytes, type }) => cleanPicture(bytes, type)));
}

function checkedTogether(pictures: PromptImage[]): PromptImage[] {
  const bytes = pictures.reduce((sum, each) => sum + each.bytes.length, 0);
  if (bytes <= MOST_TOGETHER) return pictures;
  const megabytes = MOST_TOGETHER / 1_000_000;
  throw new AppError("invalid", { code: "picture.together", megabytes }, { field: "attachments" });
}

function piecesOf(id: string, { pieces }: Pick<StagedPicture, "pieces">) {
  return Array.from({ length: pieces }, (_, n) => stagedKeys.piece(id, n));
}

function setMine(tx: Tx, visitor: string, left: { id: string; bytes: number; at: number }[]): void {
  const key = stagedKeys.ofVisitor(visitor);
  if (left.length === 0) tx.delete(key);
  else tx.set(key, left);
}

const isKept = ({ at }: { at: number }, now: number) => now - at < STAGED_MS;
const sumOf = (all: readonly { bytes: number }[]) => all.reduce((sum, { bytes }) => sum + bytes, 0);

const quotaUsed = () =>
  new AppError("too_large", { code: "picture.quota", megabytes: VISITOR_MEGABYTES });
const gone = () => new AppError("missing", { code: "picture.gone" });
const tooMany = () =>
  new AppError("invalid", { code: "picture.too_many", most: MOST_PICTURES }, {
    field: "attachments",
  });
