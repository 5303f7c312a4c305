import type { HearingView } from "../../../lib/shared/views/chat_view.ts";
import type { VoiceRecording } from "./recording_queue.ts";

/** Enough for speech: a second has 32 kB. */
const RATE = 16_000;
const HEADER = 44;
/** Largest file that is decoded; its samples take many times as much memory. */
const MOST_BYTES = 6_000_000;

/** A recording in a form that the tool's model takes, where the browser can make one; else as it is. */
export async function asHeard(
  { sound, seconds }: Pick<VoiceRecording, "sound" | "seconds">,
  hears: HearingView | null,
): Promise<Blob> {
  const type = sound.type.split(";")[0] ?? "";
  const takes = (type: string) => hears?.types.includes(type) ?? false;
  if (hears === null || seconds > hears.seconds || takes(type) || !takes("audio/wav")) return sound;
  return await toWav(sound, hears.seconds) ?? sound;
}

/** A recording as WAV; null where the browser cannot decode it, and for more than some seconds. */
async function toWav(sound: Blob, mostSeconds: number): Promise<Blob | null> {
  if (sound.size > MOST_BYTES) return null;
  try {
    // Decoding also converts to the rate of the context.
    const context = new OfflineAudioContext(1, 1, RATE);
    const decoded = await context.decodeAudioData(await sound.arrayBuffer());
    return decoded.duration > mostSeconds ? null : wavOf(decoded);
  } catch {
    return null;
  }
}

/** One channel of 16 bits, the mean of all. */
function wavOf(sound: AudioBuffer): Blob {
  const { length, numberOfChannels, sampleRate } = sound;
  const channels = Array.from({ length: numberOfChannels }, (_, i) => sound.getChannelData(i));
  const view = new DataView(new ArrayBuffer(HEADER + 2 * length));
  const text = (at: number, letters: string) =>
    [...letters].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, HEADER - 8 + 2 * length, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, 2 * sampleRate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, 2 * length, true);
  for (let i = 0; i < length; i++) {
    const mean = channels.reduce((sum, samples) => sum + (samples[i] ?? 0), 0) / numberOfChannels;
    const whole = Math.round(32_767 * Math.max(-1, Math.min(1, mean)));
    view.setInt16(HEADER + 2 * i, whole, true);
  }
  return new Blob([view], { type: "audio/wav" });
}
