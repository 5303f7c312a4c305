import type { MicrophoneRefusal } from "../../../lib/locales/page/voice/voice_texts.ts";

/** In the order of preference: where none is known, the browser chooses. */
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
/** Speech stays clear, and a minute has about 180 kB. */
const BITS_PER_SECOND = 24_000;
const CHUNK_MS = 1_000;
export const LONGEST_SECONDS = 600;

/** A recording under way. */
export interface Microphone {
  /** Seconds so far, without pauses. */
  seconds(): number;
  /** Loudness at the moment, from 0 to 1. */
  level(): number;
  paused(): boolean;
  pause(): void;
  resume(): void;
  /** All of it so far. */
  sound(): Blob;
  /** Ends it, and frees the microphone; resolves to all of it. */
  stop(): Promise<Blob>;
}

/** Why a microphone gives no sound. */
export class MicrophoneRefused extends Error {
  override name = "MicrophoneRefused";

  constructor(readonly why: MicrophoneRefusal) {
    super(why);
  }
}

const WHY: Readonly<Record<string, MicrophoneRefusal>> = {
  NotAllowedError: "blocked",
  SecurityError: "blocked",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
};

/**
 * Begins a recording; asks for the permission first.
 * @param ended called when the microphone is taken away
 * @throws {MicrophoneRefused}
 */
export async function openMicrophone(ended: () => void): Promise<Microphone> {
  if (!navigator.mediaDevices?.getUserMedia) {
    throw new MicrophoneRefused(isSecureContext ? "unsupported" : "insecure");
  }
  if (typeof MediaRecorder === "undefined") throw new MicrophoneRefused("unsupported");
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
  } catch (error) {
    throw new MicrophoneRefused(WHY[error instanceof Error ? error.name : ""] ?? "busy");
  }
  const free = () => stream.getTracks().forEach((track) => track.stop());
  try {
    return recordingOf(stream, free, ended);
  } catch {
    free();
    throw new MicrophoneRefused("unsupported");
  }
}

function recordingOf(stream: MediaStream, free: () => void, ended: () => void): Microphone {
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, {
    audioBitsPerSecond: BITS_PER_SECOND,
    ...(mimeType ? { mimeType } : {}),
  });
  const chunks: Blob[] = [];
  recorder.ondataavailable = ({ data }) => void (data.size > 0 && chunks.push(data));
  for (const track of stream.getTracks()) track.addEventListener("ended", ended);
  const level = levelOf(stream);
  // Set once it runs: Safari tells the type only then.
  const sound = () => new Blob(chunks, { type: recorder.mimeType });
  let before = 0, since = performance.now();
  const running = () => recorder.state === "recording";
  const seconds = () => before + (running() ? (performance.now() - since) / 1000 : 0);
  recorder.start(CHUNK_MS);
  return {
    seconds,
    level: level.now,
    sound,
    paused: () => recorder.state === "paused",
    pause() {
      before = seconds();
      recorder.pause();
    },
    resume() {
      since = performance.now();
      recorder.resume();
    },
    async stop() {
      before = seconds();
      const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve));
      // The last chunk comes before `stop`.
      if (recorder.state !== "inactive") {
        recorder.stop();
        await stopped;
      }
      level.close();
      free();
      return sound();
    },
  };
}

/** Loudness of a stream; always 0 where there is no audio graph. */
function levelOf(stream: MediaStream): { now(): number; close(): void } {
  if (typeof AudioContext === "undefined") return { now: () => 0, close: () => {} };
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    now() {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, each) => sum + each * each, 0) / samples.length;
      return Math.min(1, Math.sqrt(power) * 4);
    },
    close: () => void context.close(),
  };
}
