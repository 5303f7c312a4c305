import { ByteView, joinBytes } from "./byte_view.ts";
import { crc32 } from "./crc32.ts";
import type { CleanFile } from "./orientation.ts";
import {
  animated,
  checkedSize,
  countPart,
  damaged,
  implausible,
  type PictureSize,
  trailing,
} from "./picture_limits.ts";

/** Bit depths and samples per pixel of each colour type. */
const COLOURS: Record<number, { depths: number[]; samples: number }> = {
  0: { depths: [1, 2, 4, 8, 16], samples: 1 },
  2: { depths: [8, 16], samples: 3 },
  3: { depths: [1, 2, 4, 8], samples: 1 },
  4: { depths: [8, 16], samples: 2 },
  6: { depths: [8, 16], samples: 4 },
};
const PALETTE = 3;
/** Deflate's best ratio: https://zlib.net/zlib_tech.html */
const MOST_COMPRESSION = 1_032;
/** First pixel and distance of each pass of an interlaced picture, across and down. */
const PASSES = [[0, 8, 0, 8], [4, 8, 0, 8], [0, 4, 4, 8], [2, 4, 0, 4], [0, 2, 2, 4], [1, 2, 0, 2]]
  .concat([[0, 1, 1, 2]]);

interface Header extends PictureSize {
  colour: number;
  /** Size of the uncompressed rows, with their filter bytes. */
  raw: number;
  rows: number;
}

/**
 * A PNG's pixels, palette and transparency, nothing else; checksums are checked, nothing is inflated.
 * https://www.w3.org/TR/png-3/
 */
export function cleanPng(bytes: Uint8Array): CleanFile {
  const view = new ByteView(bytes);
  const kept: Uint8Array[] = [view.part(0, 8)];
  let header: Header | null = null;
  let data = 0, dataOver = false, first: Uint8Array | null = null;
  let palette = 0, transparent = false;
  let at = 8;
  for (let parts = 0;; parts = countPart(parts)) {
    const length = view.u32(at);
    const type = view.text(at + 4, 4);
    const body = new ByteView(view.part(at + 8, at + 8 + length));
    const end = at + 12 + length;
    if (!/^[A-Za-z]{2}[A-Z][A-Za-z]$/.test(type)) throw damaged();
    if (view.u32(at + 8 + length) !== crc32(view.part(at + 4, at + 8 + length))) throw damaged();
    if ((header === null) !== (type === "IHDR")) throw damaged();
    if (data > 0 && type !== "IDAT") dataOver = true;
    if (type === "IHDR") header = headerOf(body);
    else if (type === "acTL" || type === "fcTL" || type === "fdAT") throw animated();
    else if (type === "PLTE") {
      if (palette > 0 || data > 0 || transparent || !isPalette(length)) throw damaged();
      palette = length / 3;
    } else if (type === "tRNS") {
      if (transparent || data > 0 || !isTransparency(length, header, palette)) throw damaged();
      transparent = true;
    } else if (type === "IDAT") {
      if (dataOver) throw damaged();
      data += length;
      if (length > 0) first ??= body.bytes;
    } else if (type === "IEND") {
      if (length !== 0) throw damaged();
    } else if (/^[A-Z]/.test(type)) throw damaged();
    if (KEPT.has(type)) kept.push(view.part(at, end));
    at = end;
    if (type === "IEND") break;
  }
  if (header === null || first === null || !isZlib(first)) {
    throw damaged();
  }
  if ((header.colour === PALETTE) !== (palette > 0) && header.colour !== 2 && header.colour !== 6) {
    throw damaged();
  }
  if (at < view.length) throw trailing();
  const { width, height, raw, rows } = header;
  // Stored blocks and flushed rows cost a little more than the pixels.
  if (raw > data * MOST_COMPRESSION || data > raw + raw / 8 + 16 * rows + 4_096) {
    throw implausible();
  }
  return { bytes: joinBytes(kept), width, height };
}

const KEPT: ReadonlySet<string> = new Set(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);

function headerOf(body: ByteView): Header {
  if (body.length !== 13) throw damaged();
  const { width, height } = checkedSize(body.u32(0), body.u32(4));
  const depth = body.u8(8), colour = body.u8(9), interlaced = body.u8(12);
  const known = COLOURS[colour];
  if (!known?.depths.includes(depth)) throw damaged();
  if (body.u8(10) !== 0 || body.u8(11) !== 0 || interlaced > 1) throw damaged();
  const bits = depth * known.samples;
  let raw = 0, rows = 0;
  for (const [left = 0, across = 1, top = 0, down = 1] of interlaced ? PASSES : [[0, 1, 0, 1]]) {
    const columns = Math.ceil((width - left) / across);
    const lines = Math.ceil((height - top) / down);
    if (columns <= 0 || lines <= 0) continue;
    raw += lines * (1 + Math.ceil(columns * bits / 8));
    rows += lines;
  }
  return { width, height, colour, raw, rows };
}

const isPalette = (length: number) => length % 3 === 0 && length >= 3 && length <= 768;

/** A grey, a colour, or the opacity of the palette's first colours. */
function isTransparency(length: number, header: Header | null, palette: number): boolean {
  if (header?.colour === PALETTE) return length >= 1 && length <= palette;
  return header?.colour === 0 ? length === 2 : header?.colour === 2 && length === 6;
}

/** A zlib header without a preset dictionary: RFC 1950, 2.2. */
function isZlib([method = 0, flags = 0]: Uint8Array): boolean {
  return (method & 15) === 8 && (method * 256 + flags) % 31 === 0 && (flags & 0x20) === 0;
}
