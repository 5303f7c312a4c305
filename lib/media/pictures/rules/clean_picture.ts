import type { AppError } from "../../../platform/errors.ts";
import { cleanGif } from "./clean_gif.ts";
import { cleanJpeg } from "./clean_jpeg.ts";
import { cleanPng } from "./clean_png.ts";
import { cleanWebp } from "./clean_webp.ts";
import type { CleanFile } from "./orientation.ts";
import { MAX_PICTURE_BYTES, refused } from "./picture_limits.ts";
import { type PictureType, shownType } from "./picture_type.ts";

/** A picture as it is stored: its pixels, and how they are turned; nothing about place or camera. */
export interface CleanPicture extends CleanFile {
  type: PictureType;
}

const CLEANERS: Record<PictureType, (bytes: Uint8Array) => CleanFile> = {
  "image/jpeg": cleanJpeg,
  "image/png": cleanPng,
  "image/webp": cleanWebp,
  "image/gif": cleanGif,
};
/** Senders that do not say what it is. */
const UNDECLARED: ReadonlySet<string> = new Set(["", "application/octet-stream"]);
/** Other names of the same types. */
const SAME: Record<string, string> = { "image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg" };

/**
 * Checks a picture's file and rewrites its container without metadata. Nothing is decoded, so that
 * nothing can grow: the cost is in proportion to the file.
 * @param declared the sender's Content-Type; it must agree with the contents
 * @throws {AppError} `invalid` with a code `picture.…`
 */
export function cleanPicture(bytes: Uint8Array, declared: string): CleanPicture {
  const shown = shownType(bytes);
  if (shown.kind === "refused") throw refusedFormat(shown.format);
  if (shown.kind === "unknown") throw refused({ code: "picture.unknown" });
  const { type } = shown;
  const said = declared.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (!UNDECLARED.has(said) && (SAME[said] ?? said) !== type) {
    throw refused({ code: "picture.wrong_type", shown: type });
  }
  if (bytes.length > MAX_PICTURE_BYTES) {
    throw refused({ code: "picture.too_large", megabytes: MAX_PICTURE_BYTES / 1_000_000 });
  }
  return { type, ...CLEANERS[type](bytes) };
}

function refusedFormat(format: string): AppError {
  return refused(format === "HEIC" ? { code: "picture.heic" } : { code: "picture.format", format });
}
