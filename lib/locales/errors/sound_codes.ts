import type { None } from "../coded.ts";

/** Errors of recordings that people send. */
export interface SoundErrorParams {
  /** The tool's model takes no recordings, or not this one, and there is no text of it. */
  "audio.not_heard": None;
  "audio.unpriced": { model: string };
  "sound.no_room": None;
  "sound.quota": { megabytes: number };
  "sound.too_large": { megabytes: number };
  "sound.too_long": { minutes: number };
  "sound.unreadable": None;
  "upload.gone": None;
  "upload.header": { field: string };
  "upload.offset": { offset: number };
  "upload.piece": { most: number };
  "voice.failed": None;
  "voice.under_way": None;
}
