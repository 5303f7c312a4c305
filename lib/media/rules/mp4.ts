import { aacRate } from "./aac.ts";
import { boxesIn, boxesOf, boxInside, lettersAt, type Mp4Box, onlyBox } from "./mp4_boxes.ts";
import { fragmentsOf } from "./mp4_fragments.ts";

const AAC_FRAME = 1_024;
const OPUS_RATE = 48_000;
/** Opus takes at most 510 kbit/s, so sound has at least this many seconds a byte. */
const OPUS_SECONDS = 8 / 510_000;

/**
 * Duration of an MP4 file's audio in seconds, whole (AAC) or fragmented (AAC, Opus), as browsers
 * record it.
 * The maximum of headers, sample tables, fragments, and the least that its frames or bytes can
 * last, so that no header understates it. The last fragment may be cut off. Null for anything but
 * one track, hence for video.
 * ISO/IEC 14496-12: https://www.iso.org/standard/83102.html
 */
export function mp4Seconds(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const { boxes: top, cut } = boxesOf(view);
    const moov = onlyBox(top, "moov");
    if (!moov) return null;
    const parts = boxesIn(view, moov.from, moov.end);
    const box = onlyBox(parts, "trak");
    const track = box && trackIn(view, box);
    if (!track) return null;
    const mvex = parts.some(({ type }) => type === "mvex");
    const pieces = top.filter(({ type }) => type === "moof");
    const whole = Math.max(track.claimed, track.timed);
    if (!mvex) {
      if (cut || pieces.length > 0 || track.codec !== "mp4a" || track.frames === 0) return null;
      return Math.max(whole, track.frames * AAC_FRAME / track.rate);
    }
    const more = fragmentsOf(view, moov, pieces);
    if (more === null || more.frames + track.frames === 0) return null;
    const sound = top.filter(({ type }) => type === "mdat");
    const least = track.codec === "mp4a"
      ? (track.frames + more.frames) * AAC_FRAME / track.rate
      : sound.reduce((sum, { from, end }) => sum + end - from, 0) * OPUS_SECONDS;
    const { timescale, timed, claimed } = track;
    return Math.max(claimed, timed + more.ticks / timescale, more.end / timescale, least);
  } catch (error) {
    // A box shorter than its contents.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

interface Track {
  codec: "mp4a" | "Opus";
  /** Ticks per second. */
  timescale: number;
  /** Samples per second. */
  rate: number;
  /** Seconds of its header, and of its time-to-sample table. */
  claimed: number;
  timed: number;
  frames: number;
}

function trackIn(view: DataView, track: Mp4Box): Track | null {
  const mdia = boxInside(view, track, "mdia");
  const mdhd = mdia && boxInside(view, mdia, "mdhd");
  const hdlr = mdia && boxInside(view, mdia, "hdlr");
  const minf = mdia && boxInside(view, mdia, "minf");
  const stbl = minf && boxInside(view, minf, "stbl");
  if (!mdhd || !hdlr || !stbl || lettersAt(view, hdlr.from + 8) !== "soun") return null;
  const stsd = boxInside(view, stbl, "stsd"), stts = boxInside(view, stbl, "stts");
  const stsz = boxInside(view, stbl, "stsz");
  if (!stsd || !stts || !stsz) return null;
  const codec = lettersAt(view, stsd.from + 12);
  if ((codec !== "mp4a" && codec !== "Opus") || view.getUint32(stsd.from + 4) !== 1) return null;
  const long = view.getUint8(mdhd.from) === 1;
  const timescale = view.getUint32(mdhd.from + (long ? 20 : 12));
  const claimed = long ? Number(view.getBigUint64(mdhd.from + 24)) : view.getUint32(mdhd.from + 16);
  // Only the decoder's setup tells how long a frame lasts.
  const rate = codec === "mp4a" ? aacRate(view, stsd.from + 8, stsd.end) : OPUS_RATE;
  const frames = view.getUint32(stsz.from + 8);
  if (timescale === 0 || rate === null) return null;
  const timed = sumOfTimes(view, stts) / timescale;
  return { codec, timescale, rate, claimed: claimed / timescale, timed, frames };
}

/** Sum of the time-to-sample table: pairs of count and duration. */
function sumOfTimes(view: DataView, { from, end }: Mp4Box): number {
  const count = view.getUint32(from + 4);
  let sum = 0;
  for (let i = 0, at = from + 8; i < count && at + 8 <= end; i++, at += 8) {
    sum += view.getUint32(at) * view.getUint32(at + 4);
  }
  return sum;
}
