/** Codes of samples without compression: whole numbers, fractions, and either in a longer header. */
const PCM = [1, 3, 0xfffe];
/** The highest figures of a header that are believed; recorders stay below. */
const MOST_RATE = 192_000, MOST_CHANNELS = 8, MOST_BITS = 64;
/** Most chunks that are read; recorders write a handful. */
const MOST_CHUNKS = 1_000;

/**
 * Duration of a WAV recording in seconds, by the bytes of its samples. Null for compressed sound,
 * and for a header that contradicts itself or has figures that no recorder writes.
 */
export function wavSeconds(bytes: Uint8Array): number | null {
  if (textAt(bytes, 0) !== "RIFF" || textAt(bytes, 8) !== "WAVE") return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let second: number | null = null, samples = 0, chunks = 0;
  for (let at = 12; at + 8 <= bytes.length;) {
    if (++chunks > MOST_CHUNKS) return null;
    const name = textAt(bytes, at), size = view.getUint32(at + 4, true);
    // A recorder that was cut off leaves a size of nothing, or more than there is.
    const left = bytes.length - at - 8;
    const length = name === "data" && size === 0 ? left : Math.min(size, left);
    if (name === "fmt ") {
      if (second !== null || length < 16) return null;
      second = bytesOfASecond(view, at + 8);
      if (second === null) return null;
    } else if (name === "data") samples += length;
    at += 8 + length + length % 2;
  }
  return second === null || samples === 0 ? null : samples / second;
}

function bytesOfASecond(view: DataView, at: number): number | null {
  const number = (from: number) => view.getUint16(at + from, true);
  const channels = number(2), rate = view.getUint32(at + 4, true), bits = number(14);
  const frame = channels * bits / 8;
  const known = PCM.includes(number(0)) && isUpTo(channels, MOST_CHANNELS) &&
    isUpTo(rate, MOST_RATE) && isUpTo(bits, MOST_BITS) && bits % 8 === 0 &&
    number(12) === frame;
  return known ? rate * frame : null;
}

const isUpTo = (figure: number, most: number) => figure > 0 && figure <= most;

function textAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
