import { boxesIn, boxInside, type Mp4Box, onlyBox } from "./mp4_boxes.ts";

/** Frames of a file's fragments, their durations' sum, and the end of the last one, in ticks. */
export interface Mp4Fragments {
  frames: number;
  ticks: number;
  end: number;
}

/** Optional fields of a track fragment's header, in their order, with their bytes. */
const DESCRIPTION: readonly [flag: number, bytes: number][] = [[0x1, 8], [0x2, 4]];
const DURATION = 0x8;

/** Optional fields of a run: at its head, then for each frame. */
const RUN_HEAD = [0x1, 0x4];
const RUN_DURATION = 0x100;
const RUN_FIELDS = [RUN_DURATION, 0x200, 0x400, 0x800];

/**
 * Sums the fragments (`moof`) of an MP4 file with one track; null for any other.
 * @throws {RangeError} for a box shorter than its contents
 */
export function fragmentsOf(
  view: DataView,
  moov: Mp4Box,
  pieces: readonly Mp4Box[],
): Mp4Fragments | null {
  const mvex = boxInside(view, moov, "mvex");
  const trex = mvex && boxInside(view, mvex, "trex");
  if (!trex) return null;
  // After version, flags, track and description.
  const usual = view.getUint32(trex.from + 12);
  const sum: Mp4Fragments = { frames: 0, ticks: 0, end: 0 };
  for (const moof of pieces) {
    const traf = boxInside(view, moof, "traf");
    if (!traf) return null;
    const parts = boxesIn(view, traf.from, traf.end);
    const tfhd = onlyBox(parts, "tfhd");
    if (!tfhd) return null;
    const each = durationIn(view, tfhd) ?? usual;
    let ticks = 0;
    for (const trun of parts.filter(({ type }) => type === "trun")) {
      const run = runIn(view, trun, each);
      sum.frames += run.frames;
      ticks += run.ticks;
    }
    sum.ticks += ticks;
    const tfdt = onlyBox(parts, "tfdt");
    if (tfdt) sum.end = Math.max(sum.end, startIn(view, tfdt) + ticks);
  }
  return sum;
}

/** Duration of a frame by a track fragment's header, if it has one. */
function durationIn(view: DataView, { from }: Mp4Box): number | null {
  const flags = view.getUint32(from) & 0xffffff;
  let at = from + 8;
  for (const [flag, bytes] of DESCRIPTION) if (flags & flag) at += bytes;
  return flags & DURATION ? view.getUint32(at) : null;
}

function startIn(view: DataView, { from }: Mp4Box): number {
  return view.getUint8(from) === 1 ? Number(view.getBigUint64(from + 4)) : view.getUint32(from + 4);
}

function runIn(view: DataView, { from, end }: Mp4Box, each: number) {
  const flags = view.getUint32(from) & 0xffffff;
  const frames = view.getUint32(from + 4);
  let at = from + 8 + 4 * RUN_HEAD.filter((flag) => flags & flag).length;
  const bytes = 4 * RUN_FIELDS.filter((flag) => flags & flag).length;
  if (at + frames * bytes > end) throw new RangeError("A run has fewer frames than it says");
  if (!(flags & RUN_DURATION)) return { frames, ticks: frames * each };
  let ticks = 0;
  for (let i = 0; i < frames; i++, at += bytes) ticks += view.getUint32(at);
  return { frames, ticks };
}
