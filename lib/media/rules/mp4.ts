/** An MP4 box: contents from `from`, `end` exclusive. */
interface Box {
  type: string;
  from: number;
  end: number;
}

const AAC_FRAME = 1_024;
const MOST_BOXES = 10_000;

/**
 * Duration of an MP4 file's audio in seconds.
 * The maximum of headers, sample table and number of AAC frames, so that no header understates it.
 * Null for anything but one complete AAC track, hence for video and fragmented files.
 * ISO/IEC 14496-12: https://www.iso.org/standard/83102.html
 */
export function mp4Seconds(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const top = boxesIn(view, 0, bytes.length);
    const moov = only(top, "moov");
    if (!moov || top.some(({ type }) => type === "moof")) return null;
    const parts = boxesIn(view, moov.from, moov.end);
    const track = only(parts, "trak");
    if (!track || parts.some(({ type }) => type === "mvex")) return null;
    return trackSeconds(view, track);
  } catch (error) {
    // A box shorter than its contents.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function trackSeconds(view: DataView, track: Box): number | null {
  const mdia = inside(view, track, "mdia");
  const mdhd = mdia && inside(view, mdia, "mdhd");
  const hdlr = mdia && inside(view, mdia, "hdlr");
  const minf = mdia && inside(view, mdia, "minf");
  const stbl = minf && inside(view, minf, "stbl");
  if (!mdhd || !hdlr || !stbl || textAt(view, hdlr.from + 8) !== "soun") return null;
  const stsd = inside(view, stbl, "stsd"), stts = inside(view, stbl, "stts");
  const stsz = inside(view, stbl, "stsz");
  if (!stsd || !stts || !stsz || textAt(view, stsd.from + 12) !== "mp4a") return null;
  const long = view.getUint8(mdhd.from) === 1;
  const timescale = view.getUint32(mdhd.from + (long ? 20 : 12));
  const claimed = long ? Number(view.getBigUint64(mdhd.from + 24)) : view.getUint32(mdhd.from + 16);
  // After the entry's size and type: 24 bytes, then the rate as 16.16.
  const rate = view.getUint32(stsd.from + 40) >>> 16;
  const frames = view.getUint32(stsz.from + 8);
  if (timescale === 0 || rate === 0 || frames === 0) return null;
  const timed = sumOfTimes(view, stts);
  return Math.max(claimed / timescale, timed / timescale, frames * AAC_FRAME / rate);
}

/** Sum of the time-to-sample table: pairs of count and duration. */
function sumOfTimes(view: DataView, { from, end }: Box): number {
  const count = view.getUint32(from + 4);
  let sum = 0;
  for (let i = 0, at = from + 8; i < count && at + 8 <= end; i++, at += 8) {
    sum += view.getUint32(at) * view.getUint32(at + 4);
  }
  return sum;
}

function boxesIn(view: DataView, from: number, end: number): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= end && boxes.length < MOST_BOXES;) {
    const short = view.getUint32(at);
    const head = short === 1 ? 16 : 8;
    const size = short === 0 ? end - at : short === 1 ? Number(view.getBigUint64(at + 8)) : short;
    if (size < head || at + size > end) throw new RangeError("A box leaves the one around it");
    boxes.push({ type: textAt(view, at + 4), from: at + head, end: at + size });
    at += size;
  }
  return boxes;
}

function inside(view: DataView, box: Box, type: string): Box | null {
  return only(boxesIn(view, box.from, box.end), type);
}

function only(boxes: readonly Box[], type: string): Box | null {
  const [first, second] = boxes.filter((each) => each.type === type);
  return first !== undefined && second === undefined ? first : null;
}

function textAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}
