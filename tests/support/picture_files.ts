import { deflateSync } from "node:zlib";
import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";
import { PICTURES } from "./pictures.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes of characters 0 to 255. */
export const latin1 = (text: string): Bytes => Uint8Array.from(text, (c) => c.charCodeAt(0));

export function concat(...parts: readonly Uint8Array[]): Bytes {
  return Uint8Array.from(Buffer.concat(parts));
}

const be32 = (value: number) => latin1(String.fromCharCode(...be(value, 4)));
const be = (value: number, bytes: number) =>
  Array.from({ length: bytes }, (_, i) => value >>> 8 * (bytes - 1 - i) & 0xff);
const le = (value: number, bytes: number) => be(value, bytes).reverse();

/** A chunk of a PNG with its checksum. */
export function pngChunk(type: string, body: Uint8Array = new Uint8Array()): Bytes {
  const named = concat(latin1(type), body);
  return concat(be32(body.length), named, be32(crc32(named)));
}

export const PNG_START = latin1("\x89PNG\r\n\x1A\n");

export function pngHeader(
  width: number,
  height: number,
  [depth, colour]: [number, number] = [8, 2],
) {
  return pngChunk(
    "IHDR",
    Uint8Array.from([...be(width, 4), ...be(height, 4), depth, colour, 0, 0, 0]),
  );
}

/** A grey PNG that decodes, with chunks before its pixels and after them. */
export function pngFile(
  width: number,
  height: number,
  { before = [], after = [] }: { before?: Uint8Array[]; after?: Uint8Array[] } = {},
): Bytes {
  const pixels = deflateSync(new Uint8Array((width * 3 + 1) * height));
  return concat(
    PNG_START,
    pngHeader(width, height),
    ...before,
    pngChunk("IDAT", pixels),
    ...after,
    pngChunk("IEND"),
  );
}

/** A JPEG's segment; its length is computed. */
export function segment(code: number, body: Uint8Array): Bytes {
  return concat(Uint8Array.from([0xff, code, ...be(body.length + 2, 2)]), body);
}

const SOF = 2 + 16;

/** The parts of a JPEG of 3 × 2 pixels as a browser wrote it. */
export function jpegParts() {
  const { jpeg } = PICTURES;
  const text = String.fromCharCode(...jpeg);
  const frame = text.indexOf("\xFF\xC0"), scan = text.indexOf("\xFF\xDA");
  const afterScan = scan + 14;
  const start = 2 + SOF;
  return {
    jfif: jpeg.slice(2, start),
    quantisation: jpeg.slice(start, frame),
    frame: jpeg.slice(frame, frame + 19),
    huffman: jpeg.slice(frame + 19, scan),
    scanHeader: jpeg.slice(scan, afterScan),
    scan: jpeg.slice(afterScan, -2),
  };
}

/**
 * A JPEG with segments after its start. Any other size than 3 × 2 pixels is not decodable, but has
 * a scan of a likely length.
 */
export function jpegFile(
  width: number,
  height: number,
  { segments = [], orientation = null }: {
    segments?: Uint8Array[];
    orientation?: number | null;
  } = {},
): Bytes {
  const { jfif, quantisation, frame, huffman, scanHeader, scan } = jpegParts();
  frame.set([...be(height, 2), ...be(width, 2)], 5);
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8) * 3;
  const turned = orientation === null ? [] : [segment(0xe1, exif(orientation))];
  return concat(
    latin1("\xFF\xD8"),
    jfif,
    ...turned,
    ...segments,
    quantisation,
    frame,
    huffman,
    scanHeader,
    scan,
    new Uint8Array(width === 3 && height === 2 ? 0 : Math.ceil(blocks / 2)),
    latin1("\xFF\xD9"),
  );
}

/** Camera data as phones write them: a place, a camera and an orientation. */
export function exif(orientation: number, little = false, secret = ""): Bytes {
  const number = little ? le : be;
  const entry = (tag: number, type: number, count: number, value: number[]) => [
    ...number(tag, 2),
    ...number(type, 2),
    ...number(count, 4),
    ...value,
  ];
  const maker = latin1(`${secret}\0`);
  const entries = secret === "" ? 1 : 3;
  const end = 8 + 2 + 12 * entries + 4;
  const more = secret === "" ? [] : [
    ...entry(0x010f, 2, maker.length, number(end, 4)),
    ...entry(0x8825, 4, 1, number(end + maker.length, 4)),
  ];
  return concat(
    latin1("Exif\0\0"),
    latin1(little ? "II" : "MM"),
    Uint8Array.from([...number(42, 2), ...number(8, 4), ...number(entries, 2)]),
    Uint8Array.from(more.slice(0, 12)),
    Uint8Array.from(entry(0x0112, 3, 1, [...number(orientation, 2), 0, 0])),
    Uint8Array.from(more.slice(12)),
    new Uint8Array(4),
    secret === "" ? new Uint8Array() : maker,
    // The directory of places: latitude by reference.
    secret === "" ? new Uint8Array() : Uint8Array.from([
      ...number(1, 2),
      ...entry(0x0001, 2, 2, [0x4e, 0, 0, 0]),
      0,
      0,
      0,
      0,
    ]),
  );
}

/** A chunk of a WebP with its padding. */
export function webpChunk(type: string, body: Uint8Array): Bytes {
  return concat(
    latin1(type),
    Uint8Array.from(le(body.length, 4)),
    body,
    new Uint8Array(body.length % 2),
  );
}

export function webpFile(...chunks: Uint8Array[]): Bytes {
  const body = concat(latin1("WEBP"), ...chunks);
  return concat(latin1("RIFF"), Uint8Array.from(le(body.length, 4)), body);
}

/** The header of an extended WebP. */
export function webpCanvas(flags: number, width: number, height: number): Bytes {
  return webpChunk(
    "VP8X",
    Uint8Array.from([flags, 0, 0, 0, ...le(width - 1, 3), ...le(height - 1, 3)]),
  );
}

/** The picture chunk of a lossy or lossless WebP, of 3 × 2 pixels as a browser wrote it. */
export function webpPicture(kind: "webp" | "webp lossless"): Bytes {
  return PICTURES[kind].slice(12);
}

/** A GIF of one pixel with blocks before its frame and more frames after it. */
export function gifFile(
  { blocks = [], frames = 1 }: { blocks?: Uint8Array[]; frames?: number } = {},
) {
  const frame = latin1("\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0");
  return concat(
    latin1("GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF"),
    ...blocks,
    ...Array.from({ length: frames }, () => frame),
    latin1(";"),
  );
}
