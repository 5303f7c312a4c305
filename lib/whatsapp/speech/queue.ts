import { type FittingSpeech, fittingSpeech, spokenText } from "../../markdown/spoken.ts";
import type { Running } from "../../metering/call_records.ts";
import type { TurnOutcome } from "../../chat/turn/turn_outcome.ts";
import type { Key } from "../../store/key.ts";
import type { Tx } from "../../store/transactions.ts";
import type { VoiceMode } from "../dialogue/state.ts";
import type { WhatsAppDeps } from "../deps.ts";
import type { Phone } from "../records.ts";
import { speechKeys } from "./records.ts";

/** About two minutes, in UTF-16 units: what a person listens to, and any server speaks at once. */
const MAX_SPOKEN_UNITS = 2_000;
/** Replies of a person that wait to be spoken; older ones are not. */
const MOST_WAITING = 4;

/** Name under which a conversation's voice notes are stored, apart from its pictures. */
export const speechesOf = (conversation: string) => `voice:${conversation}`;

/** When a person's replies are spoken, unless they said otherwise: as they write or speak. */
export function voiceModeOf({ voice }: Phone): VoiceMode {
  return voice ?? "spoken";
}

/** The part of a reply that a voice note says; null without words, and for a broken reply. */
export function speechOf({ text, reason, failure }: TurnOutcome): FittingSpeech | null {
  if (failure !== null || (reason !== "stop" && reason !== "length")) return null;
  const said = fittingSpeech(readable(text), MAX_SPOKEN_UNITS);
  return said.text === "" ? null : said;
}

/** Falls back to silence, since the turn must end. */
function readable(text: string): string {
  try {
    return spokenText(text);
  } catch {
    return "";
  }
}

/**
 * Queues a reply to be spoken, in the commit that delivers its text; `phone` has the text in its
 * outbox. Returns the person, for the caller to store.
 * @param spoke whether the person spoke the question
 */
export function queueSpeech(
  tx: Tx,
  phone: Phone,
  { running, speech, at, spoke }: {
    running: Running;
    speech: FittingSpeech;
    at: number;
    spoke: boolean;
  },
): Phone {
  const mode = voiceModeOf(phone);
  if (mode === "never" || (mode === "spoken" && !spoke)) return phone;
  const { conversation, turn, tool, visitor } = running;
  tx.set(speechKeys.speech(conversation, turn), {
    ...speech,
    tool,
    visitor,
    language: phone.language,
    state: { kind: "waiting", tries: 0, notBefore: 0 },
  });
  const waiting = [...phone.speeches ?? [], { conversation, turn, n: phone.next - 1, at }];
  return { ...phone, speeches: waiting.slice(-MOST_WAITING) };
}

/** Keys of a conversation's speeches and voice notes, for its deletion. */
export async function speechRecordsOf(
  { kv, media }: Pick<WhatsAppDeps["store"], "kv" | "media">,
  conversation: string,
): Promise<Key<unknown>[]> {
  const rows = await kv.list(
    { prefix: ["speech", conversation] },
    (path) => speechKeys.speech(conversation, String(path[2])),
  );
  const notes = speechesOf(conversation);
  return [
    ...rows.map(({ path }) => speechKeys.speech(conversation, String(path[2]))),
    ...(await media.ofConversation(notes)).flatMap((note) => [
      speechKeys.voiceNote(note.id),
      ...media.keysOf(notes, note),
    ]),
  ];
}
