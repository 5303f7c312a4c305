import { type PromptImage, type PromptSound, secondsOf } from "../../llm/rules/prompt.ts";
import { MOST_HEARD_SECONDS } from "../../llm/rules/audio_input.ts";
import type { SentRecording } from "../../chat/turn/question.ts";
import type { HeldBytes } from "../../platform/byte_room.ts";
import { MAX_VOICE_BYTES, type Understood } from "./media.ts";
import type { QueuedQuestion } from "./question.ts";
import type { Typing } from "./typing.ts";
import type { Understand } from "./understanding.ts";

const MAX_IMAGES = 4;

/** Consecutive messages joined to one question. */
export interface JoinedQuestion {
  kind: "joined";
  text: string;
  /** Whether a part of it was spoken. */
  spoke: boolean;
  images: readonly PromptImage[];
  recordings: readonly SentRecording[];
  sounds: readonly PromptSound[];
  /** Remarks to send before the answer, each with the SID of its message. */
  notes: { sid: string; say: readonly string[] }[];
  /** Number of messages joined. */
  count: number;
}

/** Joins messages to one question, up to the first that cannot be used. */
export async function joinMessages(
  parts: { understand: Understand; typing: Typing },
  { number, phone, tool, messages }: QueuedQuestion,
  { stopped, held }: { stopped: () => boolean; held: HeldBytes },
): Promise<JoinedQuestion | Extract<Understood, { kind: "refused" }>> {
  const texts: string[] = [], images: PromptImage[] = [], notes: JoinedQuestion["notes"] = [];
  const recordings: SentRecording[] = [], sounds: PromptSound[] = [];
  let count = 0;
  let spoke = false;
  // Another message in place of YES or NO: the open question goes to the current tool.
  if (phone.pending?.kind === "switch_tool") texts.push(phone.pending.question);
  for (const message of messages) {
    if (message.media.length > 0) parts.typing(number, message.sid);
    const understood = await parts.understand({ number, phone, message, tool, stopped, held });
    if (understood.kind === "refused") {
      if (count === 0) return understood;
      break;
    }
    if (count > 0 && images.length + understood.images.length > MAX_IMAGES) break;
    if (count > 0 && secondsOf([...sounds, ...understood.sounds]) > MOST_HEARD_SECONDS) break;
    count++;
    spoke ||= understood.spoke;
    if (understood.text !== "") texts.push(understood.text);
    images.push(...understood.images);
    recordings.push(...understood.recordings);
    sounds.push(...understood.sounds);
    if (understood.notes.length > 0) notes.push({ sid: message.sid, say: understood.notes });
  }
  held.keep(bytesOf([...recordings, ...sounds]));
  return {
    kind: "joined",
    text: texts.join("\n"),
    spoke,
    images,
    recordings,
    sounds,
    notes,
    count,
  };
}

/** The most bytes that a question's voice messages can have. */
export function mostVoiceBytes({ messages }: QueuedQuestion): number {
  const voices = messages.flatMap(({ media }) => media).filter(({ type }) =>
    /^audio\//i.test(type)
  );
  return voices.length * MAX_VOICE_BYTES;
}

function bytesOf(sounds: readonly { bytes: Uint8Array }[]): number {
  return [...new Set(sounds.map(({ bytes }) => bytes))].reduce(
    (sum, { length }) => sum + length,
    0,
  );
}
