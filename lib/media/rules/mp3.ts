/** kbit/s by layer and index, MPEG-1, then MPEG-2 and 2.5: ISO/IEC 11172-3, 13818-3. */
const BITRATES: Readonly<Record<string, readonly number[]>> = {
  "1.1": [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  "1.2": [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  "1.3": [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  "2.1": [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  "2.2": [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  "2.3": [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const RATES = [44_100, 48_000, 32_000];
/** Most bytes that belong to no frame, such as tags at the end: a search among more takes seconds. */
const MOST_SKIPPED = 1_000_000;

interface Frame {
  bytes: number;
  seconds: number;
}

/**
 * Duration of MPEG audio (MP3) in seconds, counted from its frames; tags are ignored.
 * Null without two consecutive frames, and with much that is no sound.
 */
export function mp3Seconds(bytes: Uint8Array): number | null {
  let seconds = 0;
  let inARow = 0, most = 0, skipped = 0;
  for (let at = afterTags(bytes); at + 4 <= bytes.length;) {
    const frame = frameAt(bytes, at);
    if (frame === null) {
      if (++skipped > MOST_SKIPPED) return null;
      inARow = 0;
      at++;
      continue;
    }
    seconds += frame.seconds;
    most = Math.max(most, ++inARow);
    at += frame.bytes;
  }
  return most < 2 ? null : seconds;
}

/** Offset of the audio after ID3v2 tags. https://id3.org/id3v2.4.0-structure */
function afterTags(bytes: Uint8Array): number {
  let at = 0;
  while (
    at + 10 <= bytes.length && bytes[at] === 0x49 && bytes[at + 1] === 0x44 &&
    bytes[at + 2] === 0x33
  ) {
    let size = 0;
    for (let i = 6; i < 10; i++) size = size * 128 + ((bytes[at + i] ?? 0) & 127);
    at += 10 + size;
  }
  return at;
}

function frameAt(bytes: Uint8Array, at: number): Frame | null {
  const kind = bytes[at + 1] ?? 0, speed = bytes[at + 2] ?? 0;
  if (bytes[at] !== 0xff || (kind & 0xe0) !== 0xe0) return null;
  // 3 is MPEG-1, 2 is MPEG-2, 0 is MPEG-2.5; layers count backwards.
  const version = (kind >> 3) & 3, layer = 4 - ((kind >> 1) & 3);
  const rate = (RATES[(speed >> 2) & 3] ?? 0) / (version === 3 ? 1 : version === 2 ? 2 : 4);
  const kilobits = BITRATES[`${version === 3 ? 1 : 2}.${layer}`]?.[speed >> 4] ?? 0;
  if (version === 1 || layer === 4 || rate === 0 || kilobits === 0) return null;
  const padding = (speed >> 1) & 1;
  const samples = layer === 1 ? 384 : layer === 3 && version !== 3 ? 576 : 1152;
  const size = layer === 1
    ? (Math.floor(12_000 * kilobits / rate) + padding) * 4
    : Math.floor(samples / 8 * 1000 * kilobits / rate) + padding;
  return { bytes: Math.max(4, size), seconds: samples / rate };
}
