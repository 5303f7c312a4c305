import { ByteView, joinBytes } from "./byte_view.ts";
import type { CleanFile } from "./orientation.ts";
import {
  animated,
  checkedSize,
  countPart,
  damaged,
  type PictureSize,
  trailing,
} from "./picture_limits.ts";

const HAS_ALPHA = 0x10, IS_ANIMATED = 0x02;

interface Chunk {
  type: string;
  body: ByteView;
}

/**
 * A WebP's pixels and transparency, nothing else.
 * https://developers.google.com/speed/webp/docs/riff_container
 */
export function cleanWebp(bytes: Uint8Array): CleanFile {
  const view = new ByteView(bytes);
  const [first, ...rest] = chunksOf(view);
  if (first === undefined) throw damaged();
  if (first.type !== "VP8X") {
    // Chunks after a simple file's picture are ignored by readers.
    return { bytes: riff([first]), ...pictureSize(first) };
  }
  const canvas = canvasOf(first);
  const pictures = rest.filter(({ type }) => type === "VP8 " || type === "VP8L");
  if (rest.some(({ type }) => type === "ANIM" || type === "ANMF")) throw animated();
  const [picture] = pictures;
  if (picture === undefined || pictures.length > 1) throw damaged();
  const { width, height } = pictureSize(picture);
  // A small canvas above a large picture would pass as small.
  if (width !== canvas.width || height !== canvas.height) throw damaged();
  const alphas = rest.filter(({ type }) => type === "ALPH");
  const [alpha] = alphas;
  if (picture.type === "VP8L" || alpha === undefined) {
    return { bytes: riff([picture]), width, height };
  }
  if (alphas.length > 1 || rest.indexOf(alpha) > rest.indexOf(picture)) throw damaged();
  return { bytes: riff([extended(width, height), alpha, picture]), width, height };
}

function chunksOf(view: ByteView): Chunk[] {
  const end = 8 + view.u32(4, true);
  if (end > view.length || end < 20) throw damaged();
  const chunks: Chunk[] = [];
  let at = 12;
  for (let parts = 0; at < end; parts = countPart(parts)) {
    const length = view.u32(at + 4, true);
    // The last chunk's padding is sometimes left out.
    if (at + 8 + length > end) throw damaged();
    chunks.push({
      type: view.text(at, 4),
      body: new ByteView(view.part(at + 8, at + 8 + length)),
    });
    at += 8 + length + length % 2;
  }
  if (view.length > Math.max(end, at)) throw trailing();
  return chunks;
}

function canvasOf({ body }: Chunk): PictureSize {
  if (body.length !== 10) throw damaged();
  if (body.u8(0) & IS_ANIMATED) throw animated();
  return checkedSize(body.u24le(4) + 1, body.u24le(7) + 1);
}

/** Size by the picture's own header: RFC 6386, 9.1, and the lossless bitstream's, 3. */
function pictureSize({ type, body }: Chunk): PictureSize {
  if (type === "VP8L") {
    const bits = body.u32(1, true);
    if (body.u8(0) !== 0x2f || bits >>> 29 !== 0) throw damaged();
    return checkedSize((bits & 0x3fff) + 1, (bits >>> 14 & 0x3fff) + 1);
  }
  if (type !== "VP8 ") throw damaged();
  const tag = body.u24le(0);
  const isKeyFrame = (tag & 1) === 0, version = tag >> 1 & 7, isShown = (tag >> 4 & 1) === 1;
  const firstPartition = tag >> 5;
  if (!isKeyFrame || version > 3 || !isShown || body.text(3, 3) !== "\x9D\x01\x2A") throw damaged();
  if (firstPartition === 0 || 10 + firstPartition > body.length) throw damaged();
  return checkedSize(body.u16(6, true) & 0x3fff, body.u16(8, true) & 0x3fff);
}

/** The header of a file with transparency and nothing else. */
function extended(width: number, height: number): Chunk {
  const three = (value: number) => [value & 0xff, value >> 8 & 0xff, value >> 16];
  const body = Uint8Array.from([HAS_ALPHA, 0, 0, 0, ...three(width - 1), ...three(height - 1)]);
  return { type: "VP8X", body: new ByteView(body) };
}

function riff(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const parts = chunks.flatMap(({ type, body }) => [
    named(type),
    little(body.length),
    body.bytes,
    new Uint8Array(body.length % 2),
  ]);
  const size = 4 + parts.reduce((sum, part) => sum + part.length, 0);
  return joinBytes([named("RIFF"), little(size), named("WEBP"), ...parts]);
}

const named = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

const little = (value: number) =>
  Uint8Array.of(value & 0xff, value >> 8 & 0xff, value >> 16 & 0xff, value >>> 24);
