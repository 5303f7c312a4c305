import { opusPacketMs } from "./opus.ts";

/** Element ids: https://www.rfc-editor.org/rfc/rfc9559#section-5 */
const HEAD = 0x1a45dfa3;
const SEGMENT = 0x18538067;
const CLUSTER = 0x1f43b675;
const TRACK = 0xae;
const TRACK_TYPE = 0x83;
const CODEC = 0x86;
const SCALE = 0x2ad7b1;
const TIME = 0xe7;
const SIMPLE_BLOCK = 0xa3;
const BLOCK = 0xa1;
/** Elements whose contents are read; Segment, Info, Tracks, TrackEntry, Cluster, BlockGroup. */
const OPENED = new Set([SEGMENT, 0x1549a966, 0x1654ae6b, TRACK, CLUSTER, 0xa0]);
const SOUND = 2;
const OPUS = "A_OPUS";
const LACED = 0x06;
/** Most bytes at the end that belong to no whole element; more could hide sound. */
const LONGEST_CUT = 16_384;
/** Most elements; ten minutes in the shortest packets have half of them. */
const MOST_ELEMENTS = 500_000;

/**
 * Duration of a WebM recording of Opus in seconds.
 * Browsers write no duration in its header. The maximum of the blocks' times and their packets, so
 * that no header understates it. It may end in the middle of a block. Null for anything but one
 * unlaced Opus track, and for more elements than a recording has.
 */
export function webmSeconds(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let scale = 1_000_000, cluster = 0;
  let tracks = 0, heads = 0, packets = 0;
  let packetMs = 0, endMs = 0, elements = 0;
  for (let at = 0; at < bytes.length;) {
    if (++elements > MOST_ELEMENTS) return null;
    // Cut off, as when the browser ended before the recording: what is there can be heard.
    const isCut = bytes.length - at <= LONGEST_CUT;
    const id = idAt(bytes, at);
    if (id === null && isCut) break;
    if (id === null) return null;
    const size = sizeAt(bytes, at + id.length);
    if (size === null && isCut) break;
    if (size === null) return null;
    at += id.length + size.length;
    const unknown = size.value === null;
    if (unknown && id.value !== SEGMENT && id.value !== CLUSTER) return null;
    if (OPENED.has(id.value)) {
      if (id.value === TRACK) tracks++;
      continue;
    }
    if (at + (size.value ?? 0) > bytes.length && isCut) break;
    if (at + (size.value ?? 0) > bytes.length) return null;
    const end = at + (size.value ?? 0);
    switch (id.value) {
      case HEAD:
        heads++;
        break;
      case TRACK_TYPE:
        if (numberIn(bytes, at, end) !== SOUND) return null;
        break;
      case CODEC:
        // Its length first: a name of megabytes is more than a call takes as arguments.
        if (end - at !== OPUS.length) return null;
        if (String.fromCharCode(...bytes.subarray(at, end)) !== OPUS) return null;
        break;
      case SCALE:
        scale = numberIn(bytes, at, end);
        break;
      case TIME:
        cluster = numberIn(bytes, at, end);
        break;
      case SIMPLE_BLOCK:
      case BLOCK: {
        const track = sizeAt(bytes, at);
        const from = at + (track?.length ?? 0) + 3;
        if (track === null || from >= end || (bytes[from - 1] ?? 0) & LACED) return null;
        const ms = opusPacketMs(bytes.subarray(from, end));
        packets++;
        packetMs += ms;
        const begins = (cluster + view.getInt16(from - 3)) * scale / 1e6;
        endMs = Math.max(endMs, begins + ms);
      }
    }
    at = end;
  }
  if (heads !== 1 || tracks !== 1 || packets === 0) return null;
  const seconds = Math.max(packetMs, endMs) / 1000;
  return Number.isFinite(seconds) ? seconds : null;
}

/** An element's id, marker bits included: RFC 8794, section 5. */
function idAt(bytes: Uint8Array, at: number): { value: number; length: number } | null {
  const length = Math.clz32(bytes[at] ?? 0) - 23;
  if (length > 4 || at + length > bytes.length) return null;
  return { value: numberIn(bytes, at, at + length), length };
}

/** A size of variable length; a null value stands for "unknown". */
function sizeAt(bytes: Uint8Array, at: number): { value: number | null; length: number } | null {
  const first = bytes[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (length > 8 || at + length > bytes.length) return null;
  const marker = 1 << (8 - length);
  let value = first & (marker - 1);
  let ones = value === marker - 1;
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i] ?? 0;
    ones &&= byte === 0xff;
    value = value * 256 + byte;
  }
  return { value: ones ? null : value, length };
}

function numberIn(bytes: Uint8Array, from: number, end: number): number {
  let value = 0;
  for (let at = from; at < end; at++) value = value * 256 + (bytes[at] ?? 0);
  return value;
}
