import { inflateSync } from "node:zlib";

/** A second reading of picture files, by patterns on their characters instead of walkers. */
export interface ReadPicture {
  width: number;
  height: number;
  /** Names of all segments, chunks or blocks, in order. */
  parts: string[];
  orientation: number | null;
}

type Reader = (text: string) => ReadPicture | null;

const READERS: Record<string, Reader> = {
  "image/jpeg": readJpeg,
  "image/png": readPng,
  "image/webp": readWebp,
  "image/gif": readGif,
};

/** Reads a whole file; null when a byte of it belongs to nothing. */
export function readPicture(type: string, bytes: Uint8Array): ReadPicture | null {
  return READERS[type]?.(characters(bytes)) ?? null;
}

const number = (text: string) => [...text].reduce((sum, c) => sum * 256 + c.charCodeAt(0), 0);
const little = (text: string) => number([...text].reverse().join(""));

function readJpeg(text: string): ReadPicture | null {
  const parts: string[] = [];
  let size: [number, number] | null = null, orientation: number | null = null;
  let rest = text.slice(2);
  if (!text.startsWith("\xFF\xD8")) return null;
  while (rest !== "\xFF\xD9") {
    const head = /^\xFF([\xC0-\xCF\xDA-\xFE])([^]{2})/.exec(rest);
    if (head === null) return null;
    const [, code = "", length = ""] = head;
    const body = rest.slice(4, 2 + number(length));
    parts.push(code.charCodeAt(0).toString(16));
    rest = rest.slice(2 + number(length));
    if (/[\xC0-\xC2]/.test(code)) size = [number(body.slice(3, 5)), number(body.slice(1, 3))];
    if (code === "\xE1") {
      // Nothing but one tag.
      const head = "Exif\0\0MM\0*\0\0\0\b\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0";
      const tail = body.slice(head.length);
      if (!body.startsWith(head) || !/^[^]\0{6}$/.test(tail)) return null;
      orientation = number(tail.slice(0, 1));
      if (orientation < 2 || orientation > 8) return null;
    }
    if (code === "\xDA") {
      const scan = /^(?:[^\xFF]|\xFF[\0\xD0-\xD7])+/.exec(rest);
      if (scan === null) return null;
      rest = rest.slice(scan[0].length);
    }
  }
  const [width, height] = size ?? [0, 0];
  return size && (orientation ?? 1) < 5
    ? { width, height, parts, orientation }
    : { width: height, height: width, parts, orientation };
}

function readPng(text: string): ReadPicture | null {
  const parts: string[] = [];
  if (!text.startsWith("\x89PNG\r\n\x1A\n")) return null;
  let rest = text.slice(8);
  while (rest !== "") {
    const length = number(rest.slice(0, 4));
    parts.push(rest.slice(4, 8));
    if (rest.length < 12 + length) return null;
    rest = rest.slice(12 + length);
  }
  return parts.at(-1) === "IEND"
    ? {
      width: number(text.slice(16, 20)),
      height: number(text.slice(20, 24)),
      parts,
      orientation: null,
    }
    : null;
}

function readWebp(text: string): ReadPicture | null {
  const parts: string[] = [];
  if (!/^RIFF[^]{4}WEBP/.test(text) || little(text.slice(4, 8)) !== text.length - 8) return null;
  let rest = text.slice(12);
  let size: [number, number] | null = null, canvas: [number, number] | null = null;
  while (rest !== "") {
    const type = rest.slice(0, 4);
    const length = little(rest.slice(4, 8));
    const body = rest.slice(8, 8 + length);
    parts.push(type);
    if (type === "VP8 ") {
      size = [little(body.slice(6, 8)) & 16383, little(body.slice(8, 10)) & 16383];
    } else if (type === "VP8L") {
      const bits = little(body.slice(1, 5));
      size = [(bits % 16384) + 1, (Math.floor(bits / 16384) % 16384) + 1];
    } else if (type === "VP8X") {
      canvas = [little(body.slice(4, 7)) + 1, little(body.slice(7, 10)) + 1];
    }
    if (rest.length < 8 + length + length % 2) return null;
    rest = rest.slice(8 + length + length % 2);
  }
  if (size === null || (canvas !== null && canvas.join() !== size.join())) return null;
  return { width: size[0], height: size[1], parts, orientation: null };
}

function readGif(text: string): ReadPicture | null {
  const palette = (flags: string) => number(flags) & 128 ? 3 * 2 ** ((number(flags) & 7) + 1) : 0;
  const start = 13 + palette(text[10] ?? "");
  const parts: string[] = [];
  let rest = text.slice(start);
  while (rest !== ";") {
    if (rest.startsWith("\x21\xF9\x04")) {
      const [flags = 2, ...delay] = [...rest.slice(3, 6)].map(number);
      if (flags > 1 || delay.some((byte) => byte > 0) || rest[7] !== "\0") return null;
      parts.push("control");
      rest = rest.slice(8);
    } else if (rest.startsWith(",")) {
      parts.push("frame");
      rest = rest.slice(11 + palette(rest[9] ?? ""));
      for (let length = -1; length !== 0;) {
        length = number(rest[0] ?? "");
        if (rest === "") return null;
        rest = rest.slice(1 + length);
      }
    } else return null;
  }
  return {
    width: little(text.slice(6, 8)),
    height: little(text.slice(8, 10)),
    parts,
    orientation: null,
  };
}

/** The pixels' bytes of a PNG, inflated; throws if they are no whole stream. */
export function pngRows(bytes: Uint8Array): Uint8Array {
  const text = characters(bytes);
  const data: string[] = [];
  for (let at = 8; at < text.length;) {
    const length = number(text.slice(at, at + 4));
    if (text.slice(at + 4, at + 8) === "IDAT") data.push(text.slice(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return inflateSync(Uint8Array.from(data.join(""), (c) => c.charCodeAt(0)));
}

const characters = (bytes: Uint8Array) => Array.from(bytes, (b) => String.fromCharCode(b)).join("");
