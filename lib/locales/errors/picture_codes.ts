import type { None } from "../coded.ts";

/** Errors of pictures that people send. */
export interface PictureErrorParams {
  "picture.animated": None;
  "picture.damaged": None;
  /** A known format that is not taken, by its usual name. */
  "picture.format": { format: string };
  "picture.gone": None;
  "picture.heic": None;
  "picture.implausible": None;
  /** All pictures of the organisation together have reached their limit. */
  "picture.no_room": None;
  "picture.not_seen": None;
  "picture.quota": { megabytes: number };
  "picture.together": { megabytes: number };
  "picture.too_large": { megabytes: number };
  "picture.too_many": { most: number };
  "picture.too_many_pixels": { width: number; height: number; most: number };
  "picture.too_wide": { width: number; height: number; most: number };
  "picture.trailing": None;
  "picture.unknown": None;
  /** Declared as another type than its contents show. */
  "picture.wrong_type": { shown: string };
}
