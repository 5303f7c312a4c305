import { LOGO } from "../../locales/admin/settings.ts";
import type { LogoType } from "./groups/organisation.ts";
import { SETTINGS_LIMITS } from "./settings_limits.ts";

/** Type and size of a picture, from its bytes. */
export interface ImageInfo {
  type: LogoType;
  /** In pixels. */
  width: number;
  height: number;
}

/**
 * Reads type and size from a picture's first bytes, whatever its name or sender claims; null
 * for anything but PNG, JPEG and WebP.
 */
export function imageInfo(bytes: Uint8Array): ImageInfo | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = png(view) ?? jpeg(view) ?? webp(view);
  return found && found.width > 0 && found.height > 0 ? found : null;
}

/** Why a picture is no valid logo, as a sentence; null when it is valid. */
export function logoProblem(bytes: Uint8Array, picture: ImageInfo | null): string | null {
  const { logoBytes, logoSide } = SETTINGS_LIMITS;
  if (bytes.length > logoBytes) {
    return LOGO.tooLarge(logoBytes / 1024);
  }
  if (picture === null) return LOGO.noPicture;
  const { width, height } = picture;
  return Math.max(width, height) <= logoSide ? null : LOGO.tooManyPixels(width, height, logoSide);
}

/** https://www.w3.org/TR/png-3/#5PNG-file-signature, #11IHDR */
function png(view: DataView): ImageInfo | null {
  if (view.byteLength < 33 || text(view, 1, 3) !== "PNG" || view.getUint8(0) !== 0x89) return null;
  if (view.getUint32(4) !== 0x0d0a1a0a || text(view, 12, 4) !== "IHDR") return null;
  return { type: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
}

/** Walks the segments to the frame header: https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.2 */
function jpeg(view: DataView): ImageInfo | null {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 <= view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at++;
    else if (isFrame(marker)) {
      return { type: "image/jpeg", height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    } else at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return null;
}

/** SOF0 to SOF15, without the three other codes in that range. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** https://developers.google.com/speed/webp/docs/riff_container, RFC 6386 (9.1) */
function webp(view: DataView): ImageInfo | null {
  if (view.byteLength < 30 || text(view, 0, 4) !== "RIFF" || text(view, 8, 4) !== "WEBP") {
    return null;
  }
  const size = webpSize(view, text(view, 12, 4));
  return size && { type: "image/webp", ...size };
}

function webpSize(view: DataView, chunk: string): { width: number; height: number } | null {
  if (chunk === "VP8 ") {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  if (chunk === "VP8L") {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  if (chunk !== "VP8X") return null;
  const three = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1;
  return { width: three(24), height: three(27) };
}

function text(view: DataView, at: number, length: number): string {
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length));
}
