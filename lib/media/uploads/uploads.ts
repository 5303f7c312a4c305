import { createHash } from "node:crypto";
import { admit } from "../../limits/rules/rate.ts";
import { limitKeys } from "../../limits/records.ts";
import { rateLimited } from "../../metering/refusals.ts";
import type { VisitorDeletion, VisitorRecords } from "../../people/visitors.ts";
import { ByteRoom } from "../../platform/byte_room.ts";
import { AppError } from "../../platform/errors.ts";
import type { Key } from "../../store/key.ts";
import type { Transactions, Tx } from "../../store/transactions.ts";
import { hasRoom, type RoomNeeds, roomUsedBy, VISITOR_BYTES, VISITOR_MEGABYTES } from "../room.ts";
import { SOUND_HEAD_BYTES, soundSeconds, soundTypeIn } from "../rules/sound.ts";
import { type Upload, UPLOAD_MS, uploadKeys, type UploadsOfVisitor } from "./records.ts";

const MEGABYTE = 1_000_000;
/** Longest recording, in bytes and minutes. */
export const MOST_SOUND_MEGABYTES = 25;
export const MOST_SOUND_MINUTES = 10;
/** Most bytes of recordings that one process has in memory: three of the longest. */
export const SOUND_BYTES_IN_MEMORY = 3 * MOST_SOUND_MEGABYTES * MEGABYTE;
/** Most recordings of a visitor at a time. */
const MOST_UPLOADS = 50;
/** Most bytes of a piece: Deno KV takes 64 KiB a value. */
export const PIECE_BYTES = 60_000;
/** Least bytes of a piece, except the last, so that a file has few. */
const LEAST_PIECE = 1_000;
/** Pieces that one commit deletes: the store takes 1,000 changes. */
const PIECES_AT_ONCE = 500;
/** Uploads begun from one address. */
const LIMIT = { limit: 30, windowMs: 5 * 60_000 };

export interface UploadDeps extends RoomNeeds {
  store: RoomNeeds["store"] & { transactions: Transactions };
}

/** Request to begin an upload. */
export interface UploadRequest {
  visitor: string;
  /** Client address for the rate limit. */
  address: string;
  /** Size of the whole file in bytes. */
  length: number;
  /** The client's name for it: a repeated request begins nothing new. */
  name: string;
}

/** How far an upload has come. */
export interface UploadProgress {
  id: string;
  length: number;
  offset: number;
}

/** A complete recording in memory; to be disposed of, which makes room for others. */
export interface UploadedSound extends Disposable {
  type: string;
  seconds: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Recordings of visitors that come in pieces, over connections that break. */
export class Uploads implements VisitorRecords {
  /** @param room memory for recordings */
  constructor(
    private readonly deps: UploadDeps,
    private readonly room = new ByteRoom(SOUND_BYTES_IN_MEMORY),
  ) {}

  /**
   * Begins an upload, or returns one of the same size that was begun under the same name.
   * @throws {AppError} `limited`, or `too_large` for the file or a quota
   */
  async begin({ visitor, address, length, name }: UploadRequest): Promise<UploadProgress> {
    if (length > MOST_SOUND_MEGABYTES * MEGABYTE) {
      throw new AppError("too_large", { code: "sound.too_large", megabytes: MOST_SOUND_MEGABYTES });
    }
    // With the length: another file under the same name is another upload.
    const id = createHash("sha256").update(`${visitor}\0${length}\0${name}`).digest("base64url")
      .slice(0, 22);
    const now = this.deps.clock();
    const keys = {
      upload: uploadKeys.upload(id),
      mine: uploadKeys.ofVisitor(visitor),
      limit: limitKeys.limit("upload", address),
    };
    const { staged, sent } = await roomUsedBy(this.deps, visitor);
    const hasPlace = await hasRoom(this.deps, length);
    return await this.deps.store.transactions.run(Object.values(keys), (tx) => {
      const before = tx.get(keys.upload);
      if (before && isKept(before, now)) return { id, ...before };
      const rate = admit(tx.get(keys.limit) ?? [], now, LIMIT);
      if (!rate.admitted) throw rateLimited(rate, "recordings");
      const mine = (tx.get(keys.mine) ?? []).filter((each) => each.id !== id && isKept(each, now));
      const used = mine.reduce((sum, each) => sum + each.bytes, length);
      if (staged + sent + used > VISITOR_BYTES || mine.length >= MOST_UPLOADS) {
        throw new AppError("too_large", { code: "sound.quota", megabytes: VISITOR_MEGABYTES });
      }
      if (!hasPlace) throw new AppError("too_large", { code: "sound.no_room" });
      tx.set(keys.limit, rate.times);
      tx.set(keys.mine, [...mine, { id, bytes: length, at: now }]);
      tx.set(keys.upload, { visitor, length, offset: 0, pieces: 0, at: now, sound: null });
      return { id, length, offset: 0 };
    });
  }

  /**
   * Keeps a whole recording; returns its id.
   * @throws {AppError} as begin() and append() do
   */
  async keep(
    { visitor, address }: Pick<UploadRequest, "visitor" | "address">,
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<string> {
    if (bytes.length === 0) throw unreadable();
    const { length } = bytes;
    const { id } = await this.begin({ visitor, address, length, name: crypto.randomUUID() });
    for (let at = 0; at < length; at += PIECE_BYTES) {
      const end = Math.min(length, at + PIECE_BYTES);
      await this.append(visitor, id, at, bytes.slice(at, end));
    }
    return id;
  }

  /** How far a visitor's upload has come; null for any other. */
  async progress(visitor: string, id: string): Promise<UploadProgress | null> {
    const { store, clock } = this.deps;
    const { value: upload } = await store.kv.get(uploadKeys.upload(id));
    if (upload?.visitor !== visitor || !isKept(upload, clock())) return null;
    return { id, length: upload.length, offset: upload.offset };
  }

  /**
   * Appends the next piece. After the last one the recording is checked, and deleted when it is
   * none.
   * @throws {AppError} `conflict` with the right offset; `missing`; `invalid` for a piece of a wrong
   * size; `wrong_type`, `too_large` for the recording
   */
  async append(
    visitor: string,
    id: string,
    offset: number,
    piece: Uint8Array<ArrayBuffer>,
  ): Promise<UploadProgress> {
    const { store: { transactions }, clock } = this.deps;
    const key = uploadKeys.upload(id);
    if (offset === 0 && soundTypeIn(piece) === null && piece.length >= SOUND_HEAD_BYTES) {
      await this.owned(visitor, id);
      await this.drop(visitor, id);
      throw unreadable();
    }
    const upload = await transactions.run([key], (tx) => {
      const before = ownedBy(visitor, tx.get(key), clock());
      if (before.offset !== offset) {
        throw new AppError("conflict", { code: "upload.offset", offset: before.offset });
      }
      const end = offset + piece.length;
      if (end > before.length || (piece.length < LEAST_PIECE && end < before.length)) {
        throw new AppError("invalid", { code: "upload.piece", most: PIECE_BYTES });
      }
      const after = { ...before, offset: end, pieces: before.pieces + 1 };
      tx.set(uploadKeys.piece(id, before.pieces), piece);
      tx.set(key, after);
      return after;
    }, piece.length + 500);
    if (upload.offset === upload.length) {
      (await this.checked(visitor, id, upload))[Symbol.dispose]();
    }
    return { id, length: upload.length, offset: upload.offset };
  }

  /**
   * A complete recording, as soon as there is room for it in memory.
   * @throws {AppError} `missing`; `conflict` while pieces are missing; `wrong_type`, `too_large`;
   * `unavailable` when the signal aborts before there is room
   */
  async sound(visitor: string, id: string, signal?: AbortSignal): Promise<UploadedSound> {
    const upload = await this.owned(visitor, id);
    if (upload.offset < upload.length) {
      throw new AppError("conflict", { code: "upload.offset", offset: upload.offset });
    }
    return await this.checked(visitor, id, upload, signal);
  }

  /** Deletes an upload, complete or not, with its transcript. */
  async drop(visitor: string, id: string): Promise<void> {
    const { transactions } = this.deps.store;
    const key = uploadKeys.upload(id), mineKey = uploadKeys.ofVisitor(visitor);
    const keys = await transactions.run([key, mineKey], (tx) => {
      const upload = tx.get(key);
      if (upload?.visitor !== visitor) return [];
      const left = (tx.get(mineKey) ?? []).filter((each) => each.id !== id);
      setMine(tx, mineKey, left);
      const all = keysOf(id, upload);
      // The record and the transcript at once: no piece comes after it.
      for (const gone of all.slice(0, PIECES_AT_ONCE)) tx.delete(gone);
      return all.slice(PIECES_AT_ONCE);
    }, 50_000);
    for (let from = 0; from < keys.length; from += PIECES_AT_ONCE) {
      await transactions.run([], (tx) => {
        for (const gone of keys.slice(from, from + PIECES_AT_ONCE)) tx.delete(gone);
      }, 50_000);
    }
  }

  /** Deletes all of a visitor's uploads. */
  async deleteVisitor(visitor: string): Promise<VisitorDeletion> {
    const mine = (await this.deps.store.kv.get(uploadKeys.ofVisitor(visitor))).value ?? [];
    for (const { id } of mine) await this.drop(visitor, id);
    return { erased: 0, done: true };
  }

  private async owned(visitor: string, id: string): Promise<Upload> {
    const { store, clock } = this.deps;
    return ownedBy(visitor, (await store.kv.get(uploadKeys.upload(id))).value, clock());
  }

  /** Reads a complete recording, and measures it the first time. */
  private async checked(
    visitor: string,
    id: string,
    upload: Upload,
    signal?: AbortSignal,
  ): Promise<UploadedSound> {
    const held = await this.room.take(upload.length, signal).catch(busy);
    try {
      const sound = await this.read(visitor, id, upload);
      return { ...sound, [Symbol.dispose]: () => held[Symbol.dispose]() };
    } catch (error) {
      held[Symbol.dispose]();
      throw error;
    }
  }

  private async read(
    visitor: string,
    id: string,
    upload: Upload,
  ): Promise<Omit<UploadedSound, keyof Disposable>> {
    const { kv, transactions } = this.deps.store;
    const numbers = Array.from({ length: upload.pieces }, (_, n) => n);
    const rows = await kv.getMany(numbers.map((n) => uploadKeys.piece(id, n)));
    const pieces = rows.map(({ value }) => value).filter((value) => value !== null);
    const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
    if (bytes.length !== upload.length) throw gone();
    if (upload.sound !== null) return { ...upload.sound, bytes };
    const type = soundTypeIn(bytes);
    const seconds = type === null ? null : soundSeconds(type, bytes);
    if (type === null || seconds === null || seconds > MOST_SOUND_MINUTES * 60) {
      await this.drop(visitor, id);
      throw seconds === null
        ? unreadable()
        : new AppError("too_large", { code: "sound.too_long", minutes: MOST_SOUND_MINUTES });
    }
    const key = uploadKeys.upload(id);
    await transactions.run([key], (tx) => {
      const now = tx.get(key);
      if (now) tx.set(key, { ...now, sound: { type, seconds } });
    });
    return { type, seconds, bytes };
  }
}

function ownedBy(visitor: string, upload: Upload | null, now: number): Upload {
  if (upload?.visitor !== visitor || !isKept(upload, now)) throw gone();
  return upload;
}

function isKept({ at }: { at: number }, now: number): boolean {
  return now - at < UPLOAD_MS;
}

function keysOf(id: string, { pieces }: Upload): Key<unknown>[] {
  return [
    uploadKeys.upload(id),
    uploadKeys.transcript(id),
    uploadKeys.transcribing(id),
    ...Array.from({ length: pieces }, (_, n) => uploadKeys.piece(id, n)),
  ];
}

function setMine(tx: Tx, key: Key<UploadsOfVisitor>, left: UploadsOfVisitor): void {
  if (left.length === 0) tx.delete(key);
  else tx.set(key, left);
}

const gone = () => new AppError("missing", { code: "upload.gone" });
function busy(): never {
  throw new AppError("unavailable", { code: "server.busy" }, { retryAfterMs: 5_000 });
}
const unreadable = () => new AppError("wrong_type", { code: "sound.unreadable" });
