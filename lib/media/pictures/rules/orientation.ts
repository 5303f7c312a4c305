import { ByteView } from "./byte_view.ts";
import type { PictureSize } from "./picture_limits.ts";

/** A rewritten file, with its size as it is seen. */
export interface CleanFile extends PictureSize {
  bytes: Uint8Array<ArrayBuffer>;
}

const EXIF = "Exif\0\0";
const ORIENTATION = 0x0112;
const SHORT = 3;

/**
 * The orientation (1 to 8) in an Exif segment; null for none, an unreadable one or another segment.
 * Exif 2.32, 4.6.4: https://www.cipa.jp/std/documents/e/DC-008-Translation-2019-E.pdf
 */
export function orientationIn(segment: Uint8Array): number | null {
  try {
    return readOrientation(new ByteView(segment));
  } catch {
    // Broken camera data spoils no picture: it is dropped anyway.
    return null;
  }
}

function readOrientation(segment: ByteView): number | null {
  if (segment.text(0, EXIF.length) !== EXIF) return null;
  const tiff = new ByteView(segment.part(EXIF.length, segment.length));
  const little = tiff.text(0, 2) === "II";
  if (!little && tiff.text(0, 2) !== "MM") return null;
  if (tiff.u16(2, little) !== 42) return null;
  const directory = tiff.u32(4, little);
  const count = tiff.u16(directory, little);
  for (let i = 0; i < count; i++) {
    const entry = directory + 2 + 12 * i;
    if (tiff.u16(entry, little) !== ORIENTATION) continue;
    if (tiff.u16(entry + 2, little) !== SHORT || tiff.u32(entry + 4, little) !== 1) return null;
    const value = tiff.u16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}

/** An Exif segment with an orientation and nothing else. */
export function exifWith(orientation: number): Uint8Array {
  const text = Array.from(`${EXIF}MM\0*`, (letter) => letter.charCodeAt(0));
  const entry = [ORIENTATION >> 8, ORIENTATION & 0xff, 0, SHORT, 0, 0, 0, 1, 0, orientation, 0, 0];
  return Uint8Array.from([...text, 0, 0, 0, 8, 0, 1, ...entry, 0, 0, 0, 0]);
}
