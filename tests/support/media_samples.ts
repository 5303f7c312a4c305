import { PICTURES } from "./pictures.ts";

const bytes = (text: string) => Uint8Array.from(text.padEnd(64, "\0"), (c) => c.charCodeAt(0));

/** Files by format: pictures of 3 × 2 pixels without metadata, of others the first bytes. */
export const SAMPLES = {
  jpeg: PICTURES.jpeg,
  png: PICTURES.png,
  gif: bytes("GIF89a"),
  webp: PICTURES.webp,
  wav: bytes("RIFF\x24\0\0\0WAVEfmt "),
  ogg: bytes("OggS\0\x02"),
  amr: bytes("#!AMR\n"),
  mp3: bytes("ID3\x04\0"),
  mp3Frame: bytes("\xFF\xFB\x90"),
  aac: bytes("\xFF\xF1\x50"),
  mp4: bytes("\0\0\0\x20ftypisom"),
  m4a: bytes("\0\0\0\x20ftypM4A "),
  threeGp: bytes("\0\0\0\x20ftyp3gp5"),
  pdf: bytes("%PDF-1.7"),
  html: bytes("<!doctype html><script>"),
  vcard: bytes("BEGIN:VCARD"),
};
