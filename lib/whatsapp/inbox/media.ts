import type { PromptImage, PromptSound } from "../../llm/rules/prompt.ts";
import type { Language } from "../../shared/languages.ts";
import type { WhatsAppTexts } from "../../locales/whatsapp/catalogue.ts";
import { texts } from "../../locales/whatsapp/texts.ts";
import { cleanPicture } from "../../media/pictures/rules/clean_picture.ts";
import type { HeldBytes } from "../../platform/byte_room.ts";
import { AppError } from "../../platform/errors.ts";
import { mediaKeys } from "../../media/records.ts";
import { hasRoom, type RoomNeeds, roomUsedBy, VISITOR_BYTES } from "../../media/room.ts";
import type { SentRecording } from "../../chat/turn/question.ts";
import { isHeard } from "../../media/heard_sound.ts";
import { soundSeconds, soundType } from "../../media/rules/sound.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import type { HearingDeps } from "../../llm/audio/hearing.ts";
import { ProviderError } from "../../llm/provider.ts";
import { factsOf } from "../../llm/rules/model_facts.ts";
import type { MediaOutcome, Messenger } from "../messenger.ts";
import type { WhatsAppDeps } from "../deps.ts";
import type { Transcription } from "../../media/transcription.ts";

const MEGABYTE = 1 << 20;
/** WhatsApp's own limits: https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages */
const MAX_IMAGE_MEGABYTES = 5;
const MAX_VOICE_MEGABYTES = 16;
export const MAX_VOICE_BYTES = MAX_VOICE_MEGABYTES * MEGABYTE;
const MAX_VOICE_MINUTES = 10;
/** A WhatsApp message has one attachment; more is tolerated up to this. */
const MAX_ATTACHMENTS = 4;

/** Formats that all vision models accept; some refuse animated ones. */
const IMAGE_TYPES = /^image\/(jpeg|png|webp)$/;
/** WhatsApp's own format of voice notes. */
const VOICE_TYPE = "audio/ogg";

/** The parts of an inbound message that {@link MediaReader} uses. */
export interface MediaMessage {
  sid: string;
  text: string;
  media: readonly { url: string; type: string }[];
  /** Twilio's `MessageType`. */
  type: string | null;
}

/** Tool, language and budget for which a message is understood. */
interface MediaContext {
  tool: Tool;
  language: Language;
  /** Visitor whose share the cost counts in; null for none. */
  visitor: string | null;
  /** A simulated phone has a budget of its own. */
  forSimulator?: boolean;
  /** Null where attachments cannot be fetched. */
  messenger: Pick<Messenger, "fetchMedia"> | null;
  /** Aborts fetching and transcription; the message can be understood again later. */
  signal: AbortSignal;
  /** Memory taken for the voice messages, {@link MAX_VOICE_BYTES} each; gets back what is not used. */
  held?: Pick<HeldBytes, "give">;
}

/** Result of understanding a message. */
export type Understood =
  /** `notes` are sent before the answer: transcripts, and reasons for omitted attachments. */
  | {
    kind: "ask";
    text: string;
    /** Whether a part of it was spoken. */
    spoke: boolean;
    images: readonly PromptImage[];
    /** Voice messages to keep with the question. */
    recordings: readonly SentRecording[];
    /** Voice messages that the tool's model hears. */
    sounds: readonly PromptSound[];
    notes: readonly string[];
  }
  /** Cannot be used; `answer` tells the person why. */
  | { kind: "refused"; answer: string };

type Part =
  | { kind: "image"; image: PromptImage }
  | {
    kind: "transcript";
    text: string;
    /** Whether it was written down; else the text only names the message. */
    written: boolean;
    recording: SentRecording | null;
    sound: PromptSound | null;
  }
  | { kind: "refused"; text: string };

/** Fetches attachments from Twilio's hosts with size limits; transcribes voice. */
export class MediaReader {
  constructor(
    private readonly deps: Pick<WhatsAppDeps, "log"> & RoomNeeds & HearingDeps,
    private readonly transcription: Transcription,
  ) {}

  /**
   * Converts a message to text and images. Repeating it is free: transcripts are kept by SID.
   * @throws {AppError} `over_budget` or `unavailable`, as a turn does
   * @throws {DOMException} `AbortError` when the signal aborts
   */
  async understand(spoken: MediaMessage, context: MediaContext): Promise<Understood> {
    const said = texts(context.language);
    const { text, media, type } = spoken;
    if (media.length === 0) {
      return text.trim() === ""
        ? { kind: "refused", answer: said.mediaRefused }
        : { kind: "ask", text, spoke: false, images: [], recordings: [], sounds: [], notes: [] };
    }
    const parts: Part[] = [];
    for (const [i, each] of media.slice(0, MAX_ATTACHMENTS).entries()) {
      const name = i === 0 ? spoken.sid : `${spoken.sid}.m${i}`;
      parts.push(
        type === "sticker"
          ? { kind: "refused", text: said.mediaRefused }
          : await this.part(each, name, context, said),
      );
    }
    return joined(text, parts, said);
  }

  private async part(
    { url, type: declared }: { url: string; type: string },
    name: string,
    context: MediaContext,
    said: WhatsAppTexts,
  ): Promise<Part> {
    const type = declared.toLowerCase().split(";")[0]?.trim() ?? "";
    if (url === "") return { kind: "refused", text: said.mediaGone };
    const known = { type: soundType(type) ?? "", seconds: 0 };
    const mayHear = isHeard(this.deps, context.tool, known);
    if (type.startsWith("audio/") && (this.transcription.isAvailable || mayHear)) {
      // Audio of unknown duration has no price, so it is not fetched.
      return soundType(type) === null
        ? { kind: "refused", text: said.audioNotHeard }
        : await this.voice(url, name, context, said);
    }
    if (!IMAGE_TYPES.test(type)) return { kind: "refused", text: said.mediaRefused };
    if (!factsOf(context.tool).capabilities.vision) {
      return { kind: "refused", text: said.imagesNotSeen };
    }
    const file = await this.fetch(url, MAX_IMAGE_MEGABYTES, context);
    if (file.kind === "refused") return this.refusal(file.reason, MAX_IMAGE_MEGABYTES, said);
    if (!IMAGE_TYPES.test(file.type)) return { kind: "refused", text: said.mediaRefused };
    try {
      return { kind: "image", image: cleanPicture(file.bytes, file.type) };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.deps.log("info", "Picture not taken", { code: error.told.code });
      return { kind: "refused", text: said.pictureNotRead };
    }
  }

  private async voice(
    url: string,
    name: string,
    context: MediaContext,
    said: WhatsAppTexts,
  ): Promise<Part> {
    const { tool, signal, visitor, forSimulator, held } = context;
    const file = await this.fetch(url, MAX_VOICE_MEGABYTES, context);
    held?.give(MAX_VOICE_BYTES - (file.kind === "refused" ? 0 : file.bytes.length));
    if (file.kind === "refused") return this.refusal(file.reason, MAX_VOICE_MEGABYTES, said);
    const type = soundType(file.type);
    const seconds = type === null ? null : soundSeconds(type, file.bytes);
    const failed: Part = {
      kind: "refused",
      text: type === VOICE_TYPE ? said.voiceFailed : said.audioNotHeard,
    };
    if (type === null || seconds === null) return failed;
    if (seconds > MAX_VOICE_MINUTES * 60) {
      return { kind: "refused", text: said.voiceTooLong(MAX_VOICE_MINUTES) };
    }
    const recording = { type, bytes: file.bytes, seconds };
    const sound = isHeard(this.deps, tool, recording) ? recording : null;
    const written = async (heard: string): Promise<Part> => ({
      kind: "transcript",
      text: heard || said.voiceMarker(minutesAndSeconds(seconds)),
      written: heard !== "",
      recording: await this.toKeep(recording, context),
      sound,
    });
    if (sound !== null && !this.transcription.isAvailable) return await written("");
    const hints = { languages: [], keywords: tool.keyTerms };
    try {
      const heard = await this.transcription.transcribe(
        { ...recording, kept: mediaKeys.heard(name), hints },
        { tool: tool.id, ceiling: tool.ceiling, channel: "whatsapp", visitor, forSimulator },
        signal,
      );
      return heard === "" && sound === null
        ? { kind: "refused", text: said.voiceFailed }
        : await written(heard);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ProviderError)) throw error;
      this.deps.log("warn", "Voice message not transcribed", {
        fault: error.fault,
        error: error.message,
      });
      if (sound !== null) return await written("");
      return error.fault === "refused" ? failed : { kind: "refused", text: said.voiceFailed };
    }
  }

  /** The recording, where the tool keeps it and there is room; its text is asked in any case. */
  private async toKeep(
    recording: SentRecording,
    { tool, visitor, forSimulator = false }: MediaContext,
  ): Promise<SentRecording | null> {
    if (!tool.keepsRecordings || visitor === null || forSimulator) return null;
    const { length } = recording.bytes;
    const { staged, uploads, sent } = await roomUsedBy(this.deps, visitor);
    const fits = staged + uploads + sent + length <= VISITOR_BYTES;
    return fits && await hasRoom(this.deps, length) ? recording : null;
  }

  private async fetch(
    url: string,
    megabytes: number,
    { messenger, signal }: MediaContext,
  ): Promise<MediaOutcome> {
    if (messenger === null) return { kind: "refused", reason: "unavailable" };
    const outcome = await messenger.fetchMedia(url, { maxBytes: megabytes * MEGABYTE, signal });
    signal.throwIfAborted();
    return outcome;
  }

  private refusal(
    reason: Extract<MediaOutcome, { kind: "refused" }>["reason"],
    megabytes: number,
    said: WhatsAppTexts,
  ): Part {
    if (reason === "tooLarge") return { kind: "refused", text: said.mediaTooLarge(megabytes) };
    this.deps.log("warn", "Attachment not fetched", { reason });
    if (reason === "type") return { kind: "refused", text: said.mediaRefused };
    return { kind: "refused", text: reason === "unavailable" ? said.failed(true) : said.mediaGone };
  }
}

/** Joins caption, transcripts and images to one question; each refusal is told once. */
function joined(caption: string, parts: readonly Part[], said: WhatsAppTexts): Understood {
  const refusals = new Set<string>(), spoken: string[] = [], images: PromptImage[] = [];
  const recordings: SentRecording[] = [], sounds: PromptSound[] = [], notes: string[] = [];
  for (const part of parts) {
    if (part.kind === "refused") refusals.add(part.text);
    else if (part.kind === "transcript") {
      spoken.push(part.text);
      notes.push(part.written ? said.voiceHeard(part.text) : said.voiceUnwritten);
      if (part.sound !== null) sounds.push(part.sound);
      if (part.recording !== null) recordings.push(part.recording);
    } else images.push(part.image);
  }
  // A caption refers to its attachment: alone it is no question.
  if (spoken.length === 0 && images.length === 0) {
    return { kind: "refused", answer: [...refusals].join("\n\n") };
  }
  const text = [caption.trim(), ...spoken].filter((each) => each !== "").join("\n");
  // In the same message, which costs as much without it.
  if (recordings.length > 0) notes.push(`${notes.pop()}\n${said.recordingKept}`);
  notes.push(...refusals);
  return { kind: "ask", text, spoke: spoken.length > 0, images, recordings, sounds, notes };
}

/** A duration such as 2:05. */
function minutesAndSeconds(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
