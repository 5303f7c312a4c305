import { boxesIn, type Mp4Box, onlyBox } from "./mp4_boxes.ts";

/** Samples per second by index: ISO/IEC 14496-3, 1.6.3.3. */
const RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000]
  .concat([11_025, 8_000, 7_350]);
/** MPEG-4 audio, the object type of AAC. */
const AAC = 0x40;
/** The kind of sound that announces another one, which is no AAC of frames of 1,024 samples. */
const OTHER_KIND = 31;
/** Bytes of a sound's description before the boxes in it. */
const DESCRIPTION = 36;

/** Tags of descriptors: ISO/IEC 14496-1, 7.2.2. */
const STREAM = 3, DECODER = 4, DECODER_SETUP = 5;

/**
 * Samples per second of AAC in an MP4 file, as its decoder is set up; what the description says
 * besides may be anything. Null for other sound.
 * @param entry offset of the sound's description, `end` exclusive
 * @throws {RangeError} for a box shorter than its contents
 */
export function aacRate(view: DataView, entry: number, end: number): number | null {
  // Descriptions of QuickTime are longer.
  if (view.getUint16(entry + 16) !== 0) return null;
  const esds = onlyBox(boxesIn(view, entry + DESCRIPTION, end), "esds");
  const stream = esds && descriptorAt(view, esds.from + 4, esds, STREAM);
  if (!stream) return null;
  const flags = view.getUint8(stream.from + 2);
  // Without dependence, address and clock of its own.
  const decoder = flags & 0xe0 ? null : descriptorAt(view, stream.from + 3, stream, DECODER);
  if (!decoder || view.getUint8(decoder.from) !== AAC) return null;
  const setup = descriptorAt(view, decoder.from + 13, decoder, DECODER_SETUP);
  if (!setup || setup.end - setup.from < 2) return null;
  const bits = view.getUint16(setup.from);
  return bits >> 11 === OTHER_KIND ? null : RATES[bits >> 7 & 15] ?? null;
}

type Descriptor = Omit<Mp4Box, "type">;

/** The descriptor at an offset, which stands within another one; null for another tag. */
function descriptorAt(
  view: DataView,
  at: number,
  around: Descriptor,
  tag: number,
): Descriptor | null {
  if (at >= around.end || view.getUint8(at) !== tag) return null;
  let size = 0, from = at + 1;
  for (let more = true; more; from++) {
    const byte = view.getUint8(from);
    size = size * 128 + (byte & 127);
    more = byte > 127 && from < at + 4;
  }
  return from + size > around.end ? null : { from, end: from + size };
}
