const OGG = "OggS";
const RATE = 48_000;
/** Most samples at the beginning that are not played; encoders write 312 to 3,840. */
const MOST_SKIPPED = 4_800;
/** Most pages and packets; ten minutes in the shortest ones have half of them. */
const MOST_PACKETS = 500_000;

/** Frame durations in ms by configuration: https://www.rfc-editor.org/rfc/rfc6716#section-3.1 */
const SILK = [10, 20, 40, 60];
const HYBRID = [10, 20];
const CELT = [2.5, 5, 10, 20];

/**
 * Duration of an Ogg/Opus voice note in seconds.
 * The maximum of last page and packets, so that no header understates it. Null for anything but
 * one complete Opus stream, and for more packets than a voice note has.
 * https://www.rfc-editor.org/rfc/rfc3533#section-6, https://www.rfc-editor.org/rfc/rfc7845
 */
export function opusSeconds(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let serial: number | null = null;
  let packets = 0, pages = 0;
  let milliseconds = 0;
  let preSkip = 0;
  let samples = 0n;
  let open = false;
  for (let at = 0; at < bytes.length;) {
    if (bytes.length - at < 27 || textAt(bytes, at, 4) !== OGG || bytes[at + 4] !== 0) return null;
    if (++pages > MOST_PACKETS || packets > MOST_PACKETS) return null;
    const stream = view.getUint32(at + 14, true);
    if (serial !== null && stream !== serial) return null;
    serial = stream;
    const position = view.getBigInt64(at + 6, true);
    if (position > samples) samples = position;
    const segments = bytes[at + 26] ?? 0;
    let offset = at + 27 + segments;
    if (offset > bytes.length) return null;
    for (let i = 0; i < segments; i++) {
      const length = bytes[at + 27 + i] ?? 0;
      if (offset + length > bytes.length) return null;
      if (!open) {
        if (packets === 0) {
          if (length < 19 || textAt(bytes, offset, 8) !== "OpusHead") return null;
          preSkip = Math.min(MOST_SKIPPED, view.getUint16(offset + 10, true));
        } else if (packets > 1 && length > 0) {
          milliseconds += opusPacketMs(bytes.subarray(offset, offset + length));
        }
        packets++;
      }
      open = length === 255;
      offset += length;
    }
    at = offset;
  }
  if (packets < 2) return null;
  const said = Number(samples) / RATE - preSkip / RATE;
  return Math.max(0, said, milliseconds / 1000 - preSkip / RATE);
}

/** Duration of one Opus packet in ms. */
export function opusPacketMs(packet: Uint8Array): number {
  const [toc = 0, count = 0] = packet;
  const config = toc >> 3;
  const frame = config < 12
    ? SILK[config % 4]
    : config < 16
    ? HYBRID[config % 2]
    : CELT[config % 4];
  const code = toc & 3;
  const frames = code === 0 ? 1 : code === 3 ? count & 0x3f : 2;
  return (frame ?? 0) * frames;
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
