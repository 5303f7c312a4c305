import { mp3Seconds } from "./mp3.ts";
import { mp4Seconds } from "./mp4.ts";
import { opusSeconds } from "./opus.ts";

/** The names of a kind of sound that files go by, and how its length is measured. */
const KINDS = [
  { type: "audio/ogg", also: [], seconds: opusSeconds },
  { type: "audio/mpeg", also: ["audio/mp3"], seconds: mp3Seconds },
  { type: "audio/mp4", also: ["audio/m4a", "audio/x-m4a"], seconds: mp4Seconds },
] as const;

/** A type of sound under the name that it is known by here; null for what cannot be measured, and so not priced. */
export function soundType(type: string): string | null {
  return kindOf(type)?.type ?? null;
}

/** How long a recording plays, in seconds, by what is in it; null where that cannot be told. */
export function soundSeconds(type: string, bytes: Uint8Array): number | null {
  return kindOf(type)?.seconds(bytes) ?? null;
}

function kindOf(type: string) {
  return KINDS.find((kind) => kind.type === type || kind.also.some((each) => each === type));
}
