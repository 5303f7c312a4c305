/** MPEG-1 layer III noise at 128 kbit/s and 44.1 kHz: frames of 417 bytes and 26.12 ms. */
export function mp3Recording(
  seconds: number,
  { tag = 0 }: { tag?: number } = {},
): Uint8Array<ArrayBuffer> {
  const frames = Math.round(seconds * 44_100 / 1_152);
  const bytes = new Uint8Array((tag > 0 ? 10 + tag : 0) + frames * 417).fill(0x55);
  let at = 0;
  if (tag > 0) {
    bytes.set([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, tag >> 7, tag & 127]);
    at = 10 + tag;
  }
  for (let i = 0; i < frames; i++) bytes.set([0xff, 0xfb, 0x90, 0x00], at + i * 417);
  return bytes;
}

export interface Mp4Options {
  /** Duration in the header, in seconds. */
  claimed?: number;
  /** Duration of a frame in the time-to-sample table, usually 1,024. */
  delta?: number;
  /** Samples per second in its description; by default the decoder's. */
  told?: number;
  /** The sound's coding, and the kind of the track. */
  codec?: string;
  handler?: string;
  /** Bytes at the end, such as another box. */
  more?: Uint8Array;
  tracks?: number;
}

/** AAC noise in MP4 at 16 kHz, as phones record it. */
export function mp4Recording(seconds: number, options: Mp4Options = {}): Uint8Array<ArrayBuffer> {
  const { delta = 1_024, codec = "mp4a", handler = "soun", more, tracks = 1 } = options;
  const rate = 16_000;
  const frames = Math.round(seconds * rate / 1_024);
  const claimed = Math.round((options.claimed ?? seconds) * rate);
  // Descriptors of the stream, its decoder (MPEG-4 audio) and its setup: AAC, 16 kHz, one channel.
  const setup = joined([
    Uint8Array.of(0, 0, 0, 0, 3, 22, 0, 0, 0, 4, 17, 0x40, 0x15),
    new Uint8Array(11),
    Uint8Array.of(5, 2, 0x14, 0x08),
  ]);
  const mdhd = box("mdhd", u32(0, 0, 0, rate, claimed, 0));
  const hdlr = box("hdlr", joined([u32(0, 0), text(handler), u32(0, 0, 0, 0)]));
  const entry = joined([
    text(codec),
    u32(0, 1, 0, 0),
    u16(1, 16, 0, 0),
    u32((options.told ?? rate) << 16 >>> 0),
    ...(codec === "mp4a" ? [box("esds", setup)] : []),
  ]);
  const stsd = box("stsd", joined([u32(0, 1, entry.length + 4), entry]));
  const stts = box("stts", u32(0, 1, frames, delta));
  const stsz = box("stsz", u32(0, 30, frames));
  const minf = box("minf", box("stbl", joined([stsd, stts, stsz])));
  const trak = box("trak", box("mdia", joined([mdhd, hdlr, minf])));
  const moov = box("moov", joined(Array.from({ length: tracks }, () => trak)));
  const mdat = box("mdat", new Uint8Array(frames * 30).fill(0x55));
  const ftyp = box("ftyp", joined([text("M4A "), u32(0), text("isom")]));
  return joined([ftyp, mdat, moov, ...(more ? [more] : [])]);
}

export function box(type: string, contents: Uint8Array): Uint8Array<ArrayBuffer> {
  return joined([u32(contents.length + 8), text(type), contents]);
}

function u32(...values: number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setUint32(i * 4, value));
  return bytes;
}

function u16(...values: number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length * 2);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setUint16(i * 2, value));
  return bytes;
}

function text(letters: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** A WAV recording of a tone, of 16 bits. */
export function wavRecording(
  seconds: number,
  { rate = 16_000, channels = 1 }: { rate?: number; channels?: number } = {},
): Uint8Array<ArrayBuffer> {
  const length = Math.round(seconds * rate) * channels * 2;
  const header = new DataView(new ArrayBuffer(44));
  const letters = (at: number, name: string) =>
    [...name].forEach((letter, i) => header.setUint8(at + i, letter.charCodeAt(0)));
  letters(0, "RIFF");
  header.setUint32(4, 36 + length, true);
  letters(8, "WAVEfmt ");
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, channels, true);
  header.setUint32(24, rate, true);
  header.setUint32(28, rate * channels * 2, true);
  header.setUint16(32, channels * 2, true);
  header.setUint16(34, 16, true);
  letters(36, "data");
  header.setUint32(40, length, true);
  const bytes = new Uint8Array(44 + length);
  bytes.set(new Uint8Array(header.buffer));
  for (let at = 44; at < bytes.length; at++) bytes[at] = at % 97;
  return bytes;
}
