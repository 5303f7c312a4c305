import { AppError } from "../../../platform/errors.ts";

/** Most bytes of a picture's file. */
export const MAX_PICTURE_BYTES = 8_000_000;
/** Most pixels, by the header. */
const MAX_PIXELS = 30_000_000;
/** Longest side in pixels: Anthropic's limit. */
const MAX_SIDE = 8_000;

/** Most segments, chunks or blocks of a file: lists of millions would fill the memory. */
const MOST_PARTS = 10_000;

export interface PictureSize {
  width: number;
  height: number;
}

/** A size that models take. */
export function checkedSize(width: number, height: number): PictureSize {
  if (width < 1 || height < 1) throw damaged();
  if (Math.max(width, height) > MAX_SIDE) {
    throw refused({ code: "picture.too_wide", width, height, most: MAX_SIDE });
  }
  if (width * height > MAX_PIXELS) {
    throw refused({ code: "picture.too_many_pixels", width, height, most: MAX_PIXELS });
  }
  return { width, height };
}

/** Counts a file's parts, of which none but a hostile one has so many. */
export function countPart(parts: number): number {
  if (parts >= MOST_PARTS) throw damaged();
  return parts + 1;
}

/** Truncated, or against its format's rules. */
export function damaged(): AppError {
  return refused({ code: "picture.damaged" });
}

export function animated(): AppError {
  return refused({ code: "picture.animated" });
}

/** Followed by something else: such a file may be two things at once. */
export function trailing(): AppError {
  return refused({ code: "picture.trailing" });
}

/** More or less data than its size can have: a bomb, or something hidden. */
export function implausible(): AppError {
  return refused({ code: "picture.implausible" });
}

/** A refused picture. */
export function refused(told: AppError["told"]): AppError {
  return new AppError("invalid", told, { field: "file" });
}
