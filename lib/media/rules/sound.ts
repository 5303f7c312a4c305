import { mp3Seconds } from "./mp3.ts";
import { mp4Seconds } from "./mp4.ts";
import { opusSeconds } from "./opus.ts";
import { wavSeconds } from "./wav.ts";
import { webmSeconds } from "./webm.ts";

/** Most bytes that a second of sound has: Opus takes 510 kbit/s; MP3 of layer 1 448 kbit/s. */
const OPUS = 510_000 / 8, MP3 = 448_000 / 8;
/** AAC: 6,144 bits for each frame of 1,024 samples and channel, of two at 48 kHz. */
const AAC = 2 * 48_000 / 1_024 * 6_144 / 8;
/** WAV, as speech is recorded at the most: two channels of 16 bits at 48 kHz. */
const WAV = 2 * 48_000 * 2;

/** Media types of each audio format, with its measure of duration. */
const KINDS = [
  { type: "audio/ogg", also: [], seconds: opusSeconds, most: OPUS },
  { type: "audio/mpeg", also: ["audio/mp3"], seconds: mp3Seconds, most: MP3 },
  { type: "audio/mp4", also: ["audio/m4a", "audio/x-m4a"], seconds: mp4Seconds, most: AAC },
  { type: "audio/webm", also: [], seconds: webmSeconds, most: OPUS },
  { type: "audio/wav", also: ["audio/x-wav", "audio/wave"], seconds: wavSeconds, most: WAV },
] as const;

/** Bytes that {@link soundTypeIn} reads. */
export const SOUND_HEAD_BYTES = 12;

/** Canonical type of an audio format; null if its duration, hence price, is unknown. */
export function soundType(type: string): string | null {
  return kindOf(type)?.type ?? null;
}

/** The type of a recording by its first bytes, whatever its name says; null for other files. */
export function soundTypeIn(bytes: Uint8Array): string | null {
  const [a = 0, b = 0] = bytes;
  const letters = String.fromCharCode(...bytes.subarray(0, SOUND_HEAD_BYTES));
  if (letters.startsWith("OggS")) return "audio/ogg";
  if (letters.startsWith("\x1a\x45\xdf\xa3")) return "audio/webm";
  if (letters.startsWith("RIFF") && letters.slice(8, 12) === "WAVE") return "audio/wav";
  if (letters.slice(4, 8) === "ftyp") return "audio/mp4";
  return letters.startsWith("ID3") || (a === 0xff && (b & 0xe6) > 0xe0) ? "audio/mpeg" : null;
}

/**
 * Duration of a recording in seconds by its contents; null if unknown. What it says of itself may
 * be a lie, so that its bytes count as sound of the highest rate at least: it is paid for by its
 * duration.
 */
export function soundSeconds(type: string, bytes: Uint8Array): number | null {
  const kind = kindOf(type);
  const seconds = kind?.seconds(bytes) ?? null;
  return kind === undefined || seconds === null
    ? null
    : Math.max(seconds, bytes.length / kind.most);
}

function kindOf(type: string) {
  return KINDS.find((kind) => kind.type === type || kind.also.some((each) => each === type));
}
