import fc from "fast-check";
import { AppError } from "../../../platform/errors.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import {
  concat,
  exif,
  gifFile,
  jpegFile,
  jpegParts,
  latin1,
  PNG_START,
  pngChunk,
  pngFile,
  pngHeader,
  segment,
  webpCanvas,
  webpChunk,
  webpFile,
  webpPicture,
} from "@/tests/support/picture_files.ts";
import { pngRows, readPicture } from "@/tests/support/picture_reader.ts";
import { PICTURES } from "@/tests/support/pictures.ts";
import { cleanPicture } from "./clean_picture.ts";

type Bytes = Uint8Array<ArrayBuffer>;
const SECRET = "GPS 46.9480 N, 7.4474 E";

function refusal(bytes: Uint8Array, declared = ""): string {
  try {
    const { width, height } = cleanPicture(bytes, declared);
    return `taken: ${width} × ${height}`;
  } catch (error) {
    assert.ok(error instanceof AppError, String(error));
    assertEquals(error.kind, "invalid");
    return error.told.code;
  }
}

Deno.test("cleanPicture() leaves a picture without metadata as it is", () => {
  const samples: [string, Bytes][] = [
    ["image/png", PICTURES.png],
    ["image/jpeg", PICTURES.jpeg],
    ["image/webp", PICTURES.webp],
    ["image/webp", PICTURES["webp lossless"]],
    ["image/webp", PICTURES["webp with alpha"]],
  ];
  for (const [type, bytes] of samples) {
    assertEquals(cleanPicture(bytes, type), { type, bytes, width: 3, height: 2 });
  }
  assertEquals(cleanPicture(gifFile(), "image/gif").bytes, gifFile());
});

/** Metadata that JPEGs carry. */
const jpegMetadata = fc.oneof(
  fc.boolean().map((little) => segment(0xe1, exif(1, little, SECRET))),
  fc.constant(segment(0xe1, latin1(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${SECRET}`))),
  fc.constant(segment(0xe2, latin1(`ICC_PROFILE\0\x01\x01${SECRET}`))),
  fc.constant(segment(0xed, latin1(`Photoshop 3.0\0${SECRET}`))),
  fc.constant(segment(0xfe, latin1(`<script>${SECRET}</script>`))),
  fc.constantFrom(...Array.from({ length: 13 }, (_, i) => segment(0xe3 + i, latin1(SECRET)))),
);

Deno.test("cleanPicture() drops all of a JPEG's metadata and keeps how it is turned", () => {
  const turned = fc.option(fc.record({ as: fc.integer({ min: 0, max: 9 }), little: fc.boolean() }));
  const around = fc.array(jpegMetadata, { maxLength: 5 });
  fc.assert(
    fc.property(turned, around, around, (turned, first, later) => {
      const orientation = turned === null ? [] : [
        segment(0xe1, exif(turned.as, turned.little, SECRET)),
      ];
      // Other Exif segments may come first; only the first one counts.
      const before = first.filter((each) => each[1] !== 0xe1);
      const file = jpegFile(3, 2, { segments: [...before, ...orientation, ...later] });
      const clean = cleanPicture(file, "image/jpeg");
      const kept = turned !== null && turned.as >= 2 && turned.as <= 8 ? turned.as : null;
      assertEquals(clean.bytes, jpegFile(3, 2, { orientation: kept }));
      const sideways = (kept ?? 1) >= 5;
      assertEquals([clean.width, clean.height], sideways ? [2, 3] : [3, 2]);
      assertEquals(readPicture("image/jpeg", clean.bytes)?.orientation ?? null, kept);
    }),
    { numRuns: 500 },
  );
});

Deno.test("cleanPicture() keeps how a JPEG's colours are coded, and drops its thumbnail and its second picture", () => {
  const adobe = segment(0xee, latin1("Adobe\0\x64\0\0\0\0\x01"));
  assertEquals(
    cleanPicture(jpegFile(3, 2, { segments: [adobe] }), "image/jpeg").bytes,
    jpegFile(3, 2, { segments: [adobe] }),
  );
  const { jfif } = jpegParts();
  const thumbnail = segment(0xe0, concat(jfif.slice(4, -2), latin1("\x01\x01abc")));
  const file = jpegFile(3, 2);
  const withThumbnail = concat(file.slice(0, 2), thumbnail, file.slice(2 + jfif.length));
  assertEquals(cleanPicture(withThumbnail, "image/jpeg").bytes, file);
  const announced = jpegFile(3, 2, { segments: [segment(0xe2, latin1("MPF\0MM\0*"))] });
  assertEquals(cleanPicture(concat(announced, file), "image/jpeg").bytes, file);
  assertEquals(refusal(concat(announced, latin1("PK\x03\x04"))), "picture.trailing");
});

Deno.test("cleanPicture() drops all of a PNG's metadata", () => {
  const metadata = fc.array(
    fc.constantFrom("tEXt", "zTXt", "iTXt", "eXIf", "iCCP", "gAMA", "tIME", "pHYs", "prIv").map(
      (type) => pngChunk(type, latin1(`Comment\0<script>${SECRET}`)),
    ),
    { maxLength: 5 },
  );
  const side = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(side, side, metadata, metadata, (width, height, before, after) => {
      const clean = cleanPicture(pngFile(width, height, { before, after }), "image/png");
      assertEquals(clean, { type: "image/png", bytes: pngFile(width, height), width, height });
      assertEquals(pngRows(clean.bytes).length, (3 * width + 1) * height);
    }),
    { numRuns: 300 },
  );
});

Deno.test("cleanPicture() drops all of a WebP's metadata and keeps its transparency", () => {
  const secret = latin1(SECRET);
  const before = webpChunk("ICCP", secret);
  const after = [webpChunk("EXIF", secret), webpChunk("XMP ", secret), webpChunk("prIv", secret)];
  for (const kind of ["webp", "webp lossless"] as const) {
    const file = webpFile(webpCanvas(0x2c, 3, 2), before, webpPicture(kind), ...after);
    assertEquals(cleanPicture(file, "image/webp").bytes, PICTURES[kind]);
    const simple = webpFile(webpPicture(kind), ...after);
    assertEquals(cleanPicture(simple, "image/webp").bytes, PICTURES[kind]);
  }
  const alpha = PICTURES["webp with alpha"].slice(30, 30 + 8 + 8);
  const file = webpFile(webpCanvas(0x3c, 3, 2), before, alpha, webpPicture("webp"), ...after);
  assertEquals(cleanPicture(file, "image/webp").bytes, PICTURES["webp with alpha"]);
});

Deno.test("cleanPicture() drops a GIF's comments and programs and keeps its transparency", () => {
  const control = (delay: string) => latin1(`\x21\xF9\x04\x01${delay}\x01\0`);
  const blocks = [
    latin1("\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0"),
    latin1("\x21\xFE\x08<script>\0"),
    control("\x09\0"),
  ];
  assertEquals(
    cleanPicture(gifFile({ blocks }), "image/gif").bytes,
    gifFile({ blocks: [control("\0\0")] }),
  );
});

Deno.test("cleanPicture() refuses what is no picture that models read, each with its reason", () => {
  const heic = latin1("\0\0\0\x18ftypheic\0\0\0\0mif1heic");
  const cases: [code: string, bytes: Uint8Array, declared?: string][] = [
    ["picture.heic", heic, "image/heic"],
    // By content, whatever it is called.
    ["picture.heic", heic, "image/jpeg"],
    ["picture.heic", latin1("\0\0\0\x14ftypmsf1\0\0\0\0hevc"), ""],
    ["picture.format", latin1("\0\0\0\x1Cftypavif\0\0\0\0avifmif1miaf")],
    ["picture.format", latin1("II*\0\x08\0\0\0"), "image/tiff"],
    ["picture.format", latin1("MM\0*\0\0\0\x08"), "image/jpeg"],
    ["picture.format", latin1("BM\x36\0\0\0\0\0\0\0\x36\0\0\0"), "image/bmp"],
    ["picture.format", latin1("<svg xmlns='http://www.w3.org/2000/svg'>"), "image/svg+xml"],
    ["picture.format", latin1(`<?xml version="1.0"?><!-- a --><svg>`), "image/png"],
    ["picture.unknown", latin1("%PDF-1.7"), "image/png"],
    ["picture.unknown", latin1("<!doctype html><script>"), "image/png"],
    ["picture.unknown", new Uint8Array()],
    ["picture.unknown", latin1("RIFF\x24\0\0\0WAVEfmt ")],
    ["picture.wrong_type", PICTURES.png, "image/jpeg"],
    ["picture.wrong_type", PICTURES.jpeg, "image/png"],
    ["picture.wrong_type", PICTURES.webp, "image/gif"],
    ["picture.wrong_type", PICTURES.png, "text/html"],
    ["picture.animated", gifFile({ frames: 2 })],
    ["picture.animated", pngFile(3, 2, { before: [pngChunk("acTL", new Uint8Array(8))] })],
    ["picture.animated", webpFile(webpCanvas(2, 3, 2), webpChunk("ANIM", new Uint8Array(6)))],
    ["picture.animated", webpFile(webpCanvas(0, 3, 2), webpChunk("ANMF", new Uint8Array(24)))],
    ["picture.trailing", concat(PICTURES.jpeg, latin1("PK\x03\x04"))],
    ["picture.trailing", concat(PICTURES.png, latin1("<script>"))],
    ["picture.trailing", concat(PICTURES.webp, latin1("MZ"))],
    ["picture.trailing", concat(gifFile(), latin1("*/=1;alert(1)//"))],
    ["picture.too_wide", latin1("GIF89a/*\x01\x01\x01\x01\x01*/=1;alert(1)//")],
    // A small canvas above a larger picture, and the other way round.
    ["picture.damaged", webpFile(webpCanvas(0, 1, 1), webpPicture("webp"))],
    ["picture.damaged", webpFile(webpCanvas(0, 4_000, 2_000), webpPicture("webp lossless"))],
    ["picture.damaged", concat(PICTURES.png.slice(0, 20), latin1("\x01"), PICTURES.png.slice(21))],
    ["picture.damaged", pngFile(1, 1).with(18, 0x20)],
    ["picture.too_wide", concat(PNG_START, pngHeader(50_000, 50_000), new Uint8Array(2_000))],
    ["picture.too_many_pixels", jpegFile(7_000, 5_000)],
    ["picture.too_many_pixels", concat(PNG_START, pngHeader(8_000, 8_000))],
    // 24 million pixels in a hundred bytes, and a hundred kilobytes in one pixel.
    ["picture.implausible", pngWithData(6_000, 4_000, new Uint8Array(100))],
    ["picture.implausible", pngWithData(1, 1, new Uint8Array(100_000))],
    ["picture.implausible", withSize(jpegFile(3, 2), 4_000, 3_000)],
    ["picture.too_large", concat(jpegFile(3, 2).slice(0, -2), new Uint8Array(8_000_000))],
  ];
  for (const [i, [code, bytes, declared]] of cases.entries()) {
    assertEquals(refusal(bytes, declared), code, `case ${i}`);
  }
});

Deno.test("cleanPicture() refuses a picture of more parts than any program writes", () => {
  const files = (count: number): [string, Bytes][] => {
    const many = (part: Bytes) => concat(...Array.from({ length: count }, () => part));
    return [
      ["image/png", pngFile(3, 2, { before: [many(pngChunk("tIME"))] })],
      ["image/jpeg", jpegFile(3, 2, { segments: [many(segment(0xfe, new Uint8Array()))] })],
      ["image/webp", webpFile(webpPicture("webp"), many(webpChunk("JUNK", new Uint8Array())))],
      ["image/gif", gifFile({ blocks: [many(latin1("\x21\xFE\0"))] })],
    ];
  };
  for (const [type, file] of files(9_000)) assert.match(refusal(file, type), /^taken/, type);
  for (const [type, file] of files(10_001)) {
    assertEquals(refusal(file, type), "picture.damaged", type);
  }
});

Deno.test("cleanPicture() takes the largest pictures and their names for types", () => {
  assertEquals(refusal(pngFile(8_000, 3_750)), "taken: 8000 × 3750");
  assertEquals(refusal(pngFile(8_001, 1)), "picture.too_wide");
  assertEquals(refusal(jpegFile(4_032, 3_024), "image/jpg"), "taken: 4032 × 3024");
  assertEquals(refusal(PICTURES.png, "application/octet-stream"), "taken: 3 × 2");
  assertEquals(refusal(PICTURES.png, "IMAGE/PNG; name=a"), "taken: 3 × 2");
});

Deno.test("cleanPicture() refuses a picture truncated anywhere", () => {
  const secret = {
    segments: [segment(0xe1, exif(6, true, SECRET)), segment(0xfe, latin1(SECRET))],
  };
  const files = [
    jpegFile(3, 2, secret),
    pngFile(9, 9, { before: [pngChunk("tEXt", latin1(SECRET))] }),
    PICTURES["webp with alpha"],
    PICTURES["webp lossless"],
    gifFile({ blocks: [latin1("\x21\xFE\x03abc\0")] }),
  ];
  for (const file of files) {
    for (let length = 0; length < file.length; length++) {
      assert.match(refusal(file.slice(0, length)), /^picture\.(damaged|unknown)$/, `${length}`);
    }
  }
});

/** What was wrong with 10,000 files: cut, joined, lying, overwritten, repeated. */
Deno.test("cleanPicture() stores no mutated file wrong and throws nothing but its refusals", () => {
  const rich = [
    jpegFile(3, 2, {
      segments: [segment(0xe1, exif(6, true, SECRET)), segment(0xfe, latin1("x"))],
    }),
    jpegFile(640, 480, { segments: [segment(0xe2, latin1("MPF\0"))] }),
    pngFile(20, 10, { before: [pngChunk("tEXt", latin1(SECRET))], after: [pngChunk("tIME")] }),
    webpFile(webpCanvas(0x0c, 3, 2), webpPicture("webp"), webpChunk("EXIF", latin1(SECRET))),
    PICTURES["webp with alpha"],
    PICTURES["webp lossless"],
    gifFile({ blocks: [latin1("\x21\xFE\x03abc\0"), latin1("\x21\xF9\x04\x01\x05\0\x01\0")] }),
  ];
  const file = fc.constantFrom(...rich);
  const at = fc.double({ min: 0, max: 1, noNaN: true });
  const value = fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff, 0xd9, 0xda, 0xe1), fc.nat(255));
  const mutation = fc.oneof(
    fc.record({ kind: fc.constant("cut"), at, value }),
    fc.record({ kind: fc.constant("set"), at, value }),
    fc.record({ kind: fc.constant("drop"), at, value }),
    fc.record({ kind: fc.constant("repeat"), at, value }),
    fc.record({ kind: fc.constant("join"), at, value }),
  );
  let taken = 0, refused = 0;
  fc.assert(
    fc.property(
      file,
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      fc.nat(6),
      (start, mutations, other) => {
        const bytes = mutations.reduce((bytes, each) => mutated(bytes, each, rich[other]), start);
        let clean;
        try {
          clean = cleanPicture(bytes, "");
        } catch (error) {
          assert.ok(error instanceof AppError && /^picture\./.test(error.told.code), String(error));
          refused++;
          return;
        }
        taken++;
        const { type, width, height } = clean;
        const read = readPicture(type, clean.bytes);
        assert.ok(read, `${type} is not whole`);
        assertEquals([read.width, read.height], [width, height]);
        assert.ok(width * height <= 30_000_000 && Math.max(width, height) <= 8_000);
        assert.match(read.parts.join(" "), PARTS[type]);
        assertEquals(cleanPicture(clean.bytes, type), clean);
      },
    ),
    { numRuns: 10_000 },
  );
  // Both ends are tried often.
  assert.ok(taken > 300 && refused > 3_000, `${taken} taken, ${refused} refused`);
});

/** The parts that a stored picture has, and their order. */
const PARTS = {
  "image/jpeg": /^(e0 )?(e1 )?((ee|db|c4|dd|c[012]|da) ?)+$/,
  "image/png": /^IHDR (PLTE )?(tRNS )?(IDAT )+IEND$/,
  "image/webp": /^(VP8X ALPH VP8 |VP8 |VP8L)$/,
  "image/gif": /^(control )?frame$/,
};

function mutated(
  bytes: Bytes,
  { kind, at, value }: { kind: string; at: number; value: number },
  other: Bytes = bytes,
): Bytes {
  const place = Math.floor(at * bytes.length);
  const before = bytes.slice(0, place), after = bytes.slice(place);
  switch (kind) {
    case "cut":
      return before;
    case "set":
      return concat(before, Uint8Array.of(value), after.slice(1));
    case "drop":
      return concat(before, after.slice(1 + value % 16));
    case "repeat":
      return concat(before, after.slice(0, value), after);
    default:
      return value % 2 ? concat(bytes, other) : concat(before, other, after);
  }
}

function withSize(jpeg: Bytes, width: number, height: number): Bytes {
  const at = String.fromCharCode(...jpeg).indexOf("\xFF\xC0") + 5;
  const copy = jpeg.slice();
  new DataView(copy.buffer).setUint16(at, height);
  new DataView(copy.buffer).setUint16(at + 2, width);
  return copy;
}

/** A PNG whose data begin as deflated ones do. */
function pngWithData(width: number, height: number, data: Bytes): Bytes {
  data.set([0x78, 0x9c]);
  return concat(PNG_START, pngHeader(width, height), pngChunk("IDAT", data), pngChunk("IEND"));
}
