import { ByteView, joinBytes } from "./byte_view.ts";
import { type CleanFile, exifWith, orientationIn } from "./orientation.ts";
import {
  checkedSize,
  countPart,
  damaged,
  implausible,
  type PictureSize,
  trailing,
} from "./picture_limits.ts";

/** Progressive pictures have about ten scans; thousands take a decoder minutes. */
const MOST_SCANS = 100;
const SOI = 0xd8, EOI = 0xd9, SOS = 0xda, APP0 = 0xe0, APP1 = 0xe1, APP2 = 0xe2, APP14 = 0xee;
const HUFFMAN = 0xc4, QUANTISATION = 0xdb, RESTART = 0xdd;
const BASELINE = [0xc0, 0xc1];
const PROGRESSIVE = 0xc2;

interface Frame extends PictureSize {
  components: number;
  /** Fewest bits of a complete picture's scans. */
  leastBits: number;
}

/**
 * A JPEG's frame, tables and scans, its orientation and how its colours are coded; nothing else.
 * Frames that browsers and models decode: baseline and progressive, 8 bits, Huffman.
 * ITU-T T.81, B: https://www.w3.org/Graphics/JPEG/itu-t81.pdf
 */
export function cleanJpeg(bytes: Uint8Array): CleanFile {
  const view = new ByteView(bytes);
  const kept: Uint8Array[] = [];
  let jfif: Uint8Array | null = null;
  let orientation: number | null = null;
  let frame: Frame | null = null;
  let scans = 0, scanBytes = 0, hasMore = false;
  let at = 2;
  for (let parts = 0;; parts = countPart(parts)) {
    const marker = markerAt(view, at);
    at = marker.end;
    if (marker.code === EOI) break;
    const length = view.u16(at);
    if (length < 2 || isBare(marker.code)) throw damaged();
    const body = view.part(at + 2, at + length);
    const segment = () => withMarker(marker.code, body);
    at += length;
    if (marker.code === SOS) {
      if (frame === null || !isScanHeader(body, frame) || ++scans > MOST_SCANS) throw damaged();
      const end = scanEnd(view, at);
      if (end === at) throw damaged();
      scanBytes += end - at;
      kept.push(segment(), view.part(at, end));
      at = end;
    } else if (isFrame(marker.code)) {
      if (frame !== null) throw damaged();
      frame = frameOf(marker.code, new ByteView(body));
      kept.push(segment());
    } else if (isTable(marker.code)) {
      if (!isWhole(marker.code, body)) throw damaged();
      kept.push(segment());
    } else if (marker.code === APP0) jfif ??= jfifOf(body);
    else if (marker.code === APP1) orientation ??= orientationIn(body);
    else if (marker.code === APP2) hasMore ||= startsWith(body, "MPF\0");
    else if (marker.code === APP14) { if (isAdobe(body)) kept.push(segment()); }
    else if (!isDropped(marker.code)) throw damaged();
  }
  if (frame === null || scans === 0) throw damaged();
  // Phones append a second picture for bright screens, and announce it (CIPA DC-007).
  if (at < view.length && !(hasMore && startsWith(bytes.subarray(at), "\xFF\xD8\xFF"))) {
    throw trailing();
  }
  if (scanBytes * 8 < frame.leastBits) throw implausible();
  const turned = orientation !== null && orientation > 1
    ? [withMarker(APP1, exifWith(orientation))]
    : [];
  const start = jfif === null ? [] : [withMarker(APP0, jfif)];
  const file = [Uint8Array.of(0xff, SOI), ...start, ...turned, ...kept, Uint8Array.of(0xff, EOI)];
  return { bytes: joinBytes(file), ...shownSize(frame, orientation) };
}

/** The marker at a position, which fill bytes may precede. */
function markerAt(view: ByteView, from: number): { code: number; end: number } {
  if (view.u8(from) !== 0xff) throw damaged();
  let at = from;
  while (view.u8(at) === 0xff) at++;
  return { code: view.u8(at), end: at + 1 };
}

/** The position of the marker after a scan: within it are stuffed bytes and restart markers. */
function scanEnd({ bytes }: ByteView, from: number): number {
  for (let at = from;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.length) throw damaged();
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
    at += 2;
  }
}

/** Markers without a length: TEM, restarts, and a second start. */
function isBare(code: number): boolean {
  return code <= 0x01 || (code >= 0xd0 && code <= SOI);
}

const isFrame = (code: number) =>
  code >= 0xc0 && code <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(code);
/** Application data, comments, and extensions that decoders skip. */
const isDropped = (code: number) => (code >= 0xe0 && code <= 0xef) || code === 0xfe;

function frameOf(code: number, body: ByteView): Frame {
  const progressive = code === PROGRESSIVE;
  const components = body.u8(5);
  if (!progressive && !BASELINE.includes(code)) throw damaged();
  if (body.u8(0) !== 8 || ![1, 3, 4].includes(components)) throw damaged();
  if (body.length !== 6 + 3 * components) throw damaged();
  const size = checkedSize(body.u16(3), body.u16(1));
  const sampling = Array.from({ length: components }, (_, i) => {
    const factors = body.u8(7 + 3 * i);
    return { across: factors >> 4, down: factors & 15 };
  });
  if (sampling.some(({ across, down }) => !isFactor(across) || !isFactor(down))) throw damaged();
  const across = Math.max(...sampling.map((each) => each.across));
  const down = Math.max(...sampling.map((each) => each.down));
  const blocks = sampling.reduce(
    (sum, each) =>
      sum + Math.ceil(size.width * each.across / across / 8) *
        Math.ceil(size.height * each.down / down / 8),
    0,
  );
  // A block takes a bit for its first coefficient, in baseline also one for its others.
  return { ...size, components, leastBits: progressive ? blocks : 2 * blocks };
}

const isFactor = (factor: number) => factor >= 1 && factor <= 4;

function isScanHeader(body: Uint8Array, frame: Frame): boolean {
  const count = body[0] ?? 0;
  return count >= 1 && count <= frame.components && body.length === 4 + 2 * count;
}

const isTable = (code: number) => [HUFFMAN, QUANTISATION, RESTART].includes(code);

/** Whether a segment of tables holds them and nothing else. */
function isWhole(code: number, body: Uint8Array): boolean {
  if (code === RESTART) return body.length === 2;
  let at = 0;
  while (at < body.length) {
    const codes = body.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0);
    if (code === HUFFMAN && codes > 256) return false;
    at += code === HUFFMAN ? 17 + codes : 1 + 64 * ((body[at] ?? 0) >> 4 ? 2 : 1);
  }
  return at === body.length && at > 0;
}

/** Width and height as they are seen: quarter turns exchange them. */
function shownSize({ width, height }: PictureSize, orientation: number | null): PictureSize {
  return (orientation ?? 1) >= 5 ? { width: height, height: width } : { width, height };
}

/** A JFIF header without its thumbnail; null for anything else. */
function jfifOf(body: Uint8Array): Uint8Array | null {
  if (body.length < 14 || !startsWith(body, "JFIF\0")) return null;
  const header = body.slice(0, 14);
  header.fill(0, 12);
  return header;
}

/** Adobe's segment, which says how colours are coded. */
const isAdobe = (body: Uint8Array) => body.length === 12 && startsWith(body, "Adobe");

function startsWith(bytes: Uint8Array, text: string): boolean {
  return [...text].every((letter, i) => bytes[i] === letter.charCodeAt(0));
}

function withMarker(code: number, body: Uint8Array): Uint8Array {
  const length = body.length + 2;
  return joinBytes([Uint8Array.of(0xff, code, length >> 8, length & 0xff), body]);
}
