import type { Clock } from "../platform/clock.ts";
import { mediaMegabytes } from "../settings/media_megabytes.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";
import type { Kv } from "../store/kv.ts";
import { STAGED_MS, stagedKeys } from "./pictures/records.ts";
import type { Media } from "./stored_media.ts";
import { UPLOAD_MS, uploadKeys } from "./uploads/records.ts";

/** Most megabytes of a visitor's pictures and recordings, sent or not. */
export const VISITOR_MEGABYTES = 50;
export const VISITOR_BYTES = VISITOR_MEGABYTES * 1_000_000;

export interface RoomNeeds {
  store: { kv: Kv; media: Media; settings: StoredSettings };
  clock: Clock;
}

/** Bytes of a visitor's pictures that wait, recordings that wait, and of both that were sent. */
export interface UsedRoom {
  staged: number;
  uploads: number;
  sent: number;
}

export async function roomUsedBy({ store, clock }: RoomNeeds, visitor: string): Promise<UsedRoom> {
  const { kv, media } = store;
  const [staged, uploads, sent] = await Promise.all([
    kv.get(stagedKeys.ofVisitor(visitor)),
    kv.get(uploadKeys.ofVisitor(visitor)),
    media.bytesOf(visitor),
  ]);
  const now = clock();
  return {
    staged: sumOf((staged.value ?? []).filter(({ at }) => now - at < STAGED_MS)),
    uploads: sumOf((uploads.value ?? []).filter(({ at }) => now - at < UPLOAD_MS)),
    sent,
  };
}

/** Whether the room for everybody's pictures and recordings takes so many bytes more. */
export async function hasRoom(deps: RoomNeeds, bytes: number): Promise<boolean> {
  const { kv, media } = deps.store;
  const [staged, uploads, sent] = await Promise.all([
    kv.list({ prefix: ["staged"] }, (path) => stagedKeys.staged(String(path[1]))),
    kv.list({ prefix: ["upload"] }, (path) => uploadKeys.upload(String(path[1]))),
    media.bytesOfAll(),
  ]);
  const waiting = sumOf(staged.map(({ value }) => value)) +
    uploads.reduce((sum, { value }) => sum + value.length, 0);
  return sent + waiting + bytes <= mediaMegabytes(deps) * 1_000_000;
}

const sumOf = (all: readonly { bytes: number }[]) => all.reduce((sum, { bytes }) => sum + bytes, 0);
