import { ByteView } from "./byte_view.ts";

export type PictureType = "image/jpeg" | "image/png" | "image/webp" | "image/gif";

/** Formats that are recognised, so that the refusal can name them. */
export type RefusedFormat = "HEIC" | "AVIF" | "SVG" | "TIFF" | "BMP" | "JPEG XL";

export type ShownType =
  | { kind: "picture"; type: PictureType }
  | { kind: "refused"; format: RefusedFormat }
  | { kind: "unknown" };

/** Brands of HEIF files with HEVC pictures, and of their sequences. */
const HEIC_BRANDS = /^(hei[cxms]|hev[cmxs]|mif[12]|msf1)$/;
const AVIF_BRANDS = /^avi[fs]$/;

/** Type of a picture by its first bytes; its declared type and name may be wrong. */
export function shownType(bytes: Uint8Array): ShownType {
  const head = new ByteView(bytes.subarray(0, 512));
  const start = head.text(0, head.length);
  const type = pictureType(start);
  if (type !== null) return { kind: "picture", type };
  const format = refusedFormat(head, start);
  return format === null ? { kind: "unknown" } : { kind: "refused", format };
}

function pictureType(start: string): PictureType | null {
  if (start.startsWith("\xFF\xD8\xFF")) return "image/jpeg";
  if (start.startsWith("\x89PNG\r\n\x1A\n")) return "image/png";
  if (/^RIFF[^]{4}WEBP/.test(start)) return "image/webp";
  return /^GIF8[79]a/.test(start) ? "image/gif" : null;
}

function refusedFormat(head: ByteView, start: string): RefusedFormat | null {
  if (start.slice(4, 8) === "ftyp") return heifFormat(brandsIn(head, start));
  if (/^(II\*\0|MM\0\*|II\+\0|MM\0\+)/.test(start)) return "TIFF";
  if (/^BM[^]{4}\0\0\0\0/.test(start)) return "BMP";
  if (start.startsWith("\xFF\n") || start.startsWith("\0\0\0\fJXL ")) return "JPEG XL";
  return /^(\xEF\xBB\xBF)?\s*</.test(start) && /<svg[\s>]/i.test(start) ? "SVG" : null;
}

/** The major brand and the compatible ones of an ISO media file. */
function brandsIn(head: ByteView, start: string): string[] {
  const end = Math.min(head.length < 4 ? 0 : head.u32(0), start.length);
  const brands = [start.slice(8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(start.slice(at, at + 4));
  return brands;
}

function heifFormat(brands: readonly string[]): RefusedFormat | null {
  // AVIF files name mif1 too.
  if (brands.some((brand) => AVIF_BRANDS.test(brand))) return "AVIF";
  return brands.some((brand) => HEIC_BRANDS.test(brand)) ? "HEIC" : null;
}
