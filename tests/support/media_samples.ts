const bytes = (text: string) => Uint8Array.from(text.padEnd(64, "\0"), (c) => c.charCodeAt(0));

/** The first bytes of files, by format. */
export const SAMPLES = {
  jpeg: bytes("\xFF\xD8\xFF\xE0\0\x10JFIF"),
  png: bytes("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"),
  gif: bytes("GIF89a"),
  webp: bytes("RIFF\x24\0\0\0WEBPVP8 "),
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
