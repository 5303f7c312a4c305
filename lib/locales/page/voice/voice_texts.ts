import type { Text } from "../../../shared/text.ts";

/** Texts of recording a voice message. */
export interface VoiceTexts {
  readonly record: string;
  /** Of the message field. */
  readonly placeholder: string;
  /** The recorder, while it takes the composer's place. */
  readonly recorder: string;
  readonly recording: Text<"minutes">;
  readonly paused: string;
  readonly longest: string;
  readonly discard: string;
  readonly discarded: string;
  readonly pause: string;
  readonly resume: string;
  readonly finish: string;
  readonly sending: Text<"percent">;
  /** Label of the bar. */
  readonly sent: string;
  readonly waiting: Text<"percent">;
  readonly writing: string;
  readonly check: string;
  readonly play: string;
  readonly stop: string;
  readonly remove: string;
  readonly atOnce: string;
  readonly keep: string;
  /** Where the tool's model hears recordings. */
  readonly goesAlong: string;
  /** In place of a text that nobody could write. */
  readonly marker: Text<"time">;
  readonly notHeard: string;
  readonly notWritten: string;
  readonly tryAgain: string;
  readonly choose: string;
  /** Why there is no sound: what happened, and what to do. */
  readonly refused: Readonly<Record<MicrophoneRefusal, readonly [lead: string, detail: string]>>;
  /** Without a script. */
  readonly form: { readonly label: string; readonly send: string };
}

/** Why a microphone gives no sound. */
export type MicrophoneRefusal = "blocked" | "missing" | "busy" | "insecure" | "unsupported";
