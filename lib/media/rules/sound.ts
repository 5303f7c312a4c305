import { mp3Seconds } from "./mp3.ts";
import { mp4Seconds } from "./mp4.ts";
import { opusSeconds } from "./opus.ts";

/** Media types of each audio format, with its measure of duration. */
const KINDS = [
  { type: "audio/ogg", also: [], seconds: opusSeconds },
  { type: "audio/mpeg", also: ["audio/mp3"], seconds: mp3Seconds },
  { type: "audio/mp4", also: ["audio/m4a", "audio/x-m4a"], seconds: mp4Seconds },
] as const;

/** Canonical type of an audio format; null if its duration, hence price, is unknown. */
export function soundType(type: string): string | null {
  return kindOf(type)?.type ?? null;
}

/** Duration of a recording in seconds by its contents; null if unknown. */
export function soundSeconds(type: string, bytes: Uint8Array): number | null {
  return kindOf(type)?.seconds(bytes) ?? null;
}

function kindOf(type: string) {
  return KINDS.find((kind) => kind.type === type || kind.also.some((each) => each === type));
}
