import type { StagedPictures } from "../media/pictures/staged_pictures.ts";
import { isHeard } from "../media/heard_sound.ts";
import type { Uploads } from "../media/uploads/uploads.ts";
import type { PromptSound } from "../llm/rules/prompt.ts";
import type { SentRecording } from "./turn/question.ts";
import type { VoiceNotes } from "../media/uploads/voice_notes.ts";
import type { HearingDeps } from "../llm/audio/hearing.ts";
import type { Tools } from "../tools/stored_tools.ts";
import { AppError } from "../platform/errors.ts";
import type { Conversations } from "./conversations.ts";
import type { TurnRequest } from "./turn_request.ts";
import type { Chat, StartedTurn } from "./chat.ts";

interface Needs {
  chat: Pick<Chat, "startTurn">;
  pictures: StagedPictures;
  voiceNotes: Pick<VoiceNotes, "spoken"> & {
    uploads: Pick<Uploads, "progress" | "sound" | "drop">;
  };
  deps: HearingDeps & { store: { conversations: Conversations; tools: Tools } };
}

/** Ends the id of a recording that the model hears, and that is not kept. */
export const ONCE = ":once";

/** Most recordings that stay with a message. */
export const MOST_RECORDINGS = 1;

/**
 * Begins a turn with pictures that its visitor staged, and with recordings that the tool's model
 * hears or that stay with the message. In its commit the pictures leave the staged ones; the uploads are
 * deleted after it.
 * It waits until there is room in memory for the recordings.
 * @param ids of pictures and uploads, those of recordings for the model alone with {@link ONCE}
 * @throws {AppError} as `Chat.startTurn()`, `missing` when a file is gone, and `unavailable` for a
 * recording without a text that the model cannot hear, or when the signal aborts before there is room
 */
export async function startWithAttachments(
  { chat, pictures, voiceNotes, deps }: Needs,
  turn: TurnRequest,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<StartedTurn> {
  const { action, visitor } = turn;
  const { uploads } = voiceNotes;
  if (ids.length === 0 || action.kind !== "send") return await chat.startTurn(turn);
  // A repeated request joins its turn, whose files have been taken.
  if (await deps.store.conversations.wasAsked(visitor, turn.request)) {
    return await chat.startTurn(turn);
  }
  const spoken: string[] = [], seen: string[] = [];
  const named = new Set(ids.map(idOf));
  for (const id of named) {
    (await uploads.progress(visitor, id) === null ? seen : spoken).push(id);
  }
  if (spoken.length > MOST_RECORDINGS || named.size < ids.length) {
    const takes = "attachments", field = "attachments";
    throw new AppError("invalid", { code: "message.invalid", field, takes }, { field });
  }
  if (seen.length === 0 && !action.images?.length && action.message === "") {
    throw new AppError("invalid", { code: "message.empty" }, { field: "message" });
  }
  const images = await pictures.files(visitor, seen);
  const recordings: SentRecording[] = [], sounds: PromptSound[] = [];
  using held = new DisposableStack();
  const tool = await deps.store.tools.get(turn.tool);
  for (const id of spoken) {
    const { type, bytes, seconds, ...room } = await uploads.sound(visitor, id, signal);
    held.use(room);
    const sound = { type, bytes, seconds };
    const keeps = ids.includes(id);
    if (keeps) recordings.push(sound);
    if (tool === null) continue;
    if (isHeard(deps, tool, sound)) sounds.push(sound);
    else if (!keeps && !(await voiceNotes.spoken({ visitor, id, tool }))?.text) {
      throw new AppError("unavailable", { code: "audio.not_heard" }, { retryable: false });
    }
  }
  const taken = pictures.take(visitor, seen);
  const started = await chat.startTurn({
    ...turn,
    action: { ...action, images: [...action.images ?? [], ...images], recordings, sounds },
    participant: { name: "pictures", begin: () => taken },
  });
  const sizes = seen.map((id, i) => ({ id, bytes: images[i]?.bytes.length ?? 0 }));
  if (sounds.length > 0 && started.live) {
    // The model's request has the recordings until the reply is over.
    const all = held.move();
    started.live.onClose(() => all.dispose());
  }
  await pictures.clear(sizes);
  for (const id of spoken) await uploads.drop(visitor, id);
  return started;
}

const idOf = (given: string) => given.endsWith(ONCE) ? given.slice(0, -ONCE.length) : given;
