import type { PromptImage } from "../../llm/rules/prompt.ts";
import type { Language } from "../../shared/languages.ts";
import type { WhatsAppTexts } from "../../locales/whatsapp/catalogue.ts";
import { texts } from "../../locales/whatsapp/texts.ts";
import { soundSeconds, soundType } from "../../media/rules/sound.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import { ProviderError } from "../../llm/provider.ts";
import { factsOf } from "../../llm/rules/model_facts.ts";
import type { MediaOutcome, Messenger } from "../messenger.ts";
import type { WhatsAppDeps } from "../deps.ts";
import type { Transcription } from "../../media/transcription.ts";

const MEGABYTE = 1 << 20;
/** WhatsApp's own limits: https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages */
const MAX_IMAGE_MEGABYTES = 5;
const MAX_VOICE_MEGABYTES = 16;
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
}

/** Result of understanding a message. */
export type Understood =
  /** `notes` are sent before the answer: transcripts, and reasons for omitted attachments. */
  | { kind: "ask"; text: string; images: readonly PromptImage[]; notes: readonly string[] }
  /** Cannot be used; `answer` tells the person why. */
  | { kind: "refused"; answer: string };

type Part =
  | { kind: "image"; image: PromptImage }
  | { kind: "transcript"; text: string }
  | { kind: "refused"; text: string };

/** Fetches attachments from Twilio's hosts with size limits; transcribes voice. */
export class MediaReader {
  constructor(
    private readonly deps: Pick<WhatsAppDeps, "log">,
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
        : { kind: "ask", text, images: [], notes: [] };
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
    if (type.startsWith("audio/") && this.transcription.isAvailable) {
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
    return IMAGE_TYPES.test(file.type)
      ? { kind: "image", image: { type: file.type, bytes: file.bytes } }
      : { kind: "refused", text: said.mediaRefused };
  }

  private async voice(
    url: string,
    name: string,
    context: MediaContext,
    said: WhatsAppTexts,
  ): Promise<Part> {
    const { tool, signal, visitor, forSimulator } = context;
    const file = await this.fetch(url, MAX_VOICE_MEGABYTES, context);
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
    try {
      const heard = await this.transcription.transcribe(
        { type, bytes: file.bytes, seconds, name },
        { tool: tool.id, ceiling: tool.ceiling, channel: "whatsapp", visitor, forSimulator },
        signal,
      );
      return heard === ""
        ? { kind: "refused", text: said.voiceFailed }
        : { kind: "transcript", text: heard };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ProviderError)) throw error;
      this.deps.log("warn", "Voice message not transcribed", {
        fault: error.fault,
        error: error.message,
      });
      return error.fault === "refused" ? failed : { kind: "refused", text: said.voiceFailed };
    }
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
  for (const part of parts) {
    if (part.kind === "refused") refusals.add(part.text);
    else if (part.kind === "transcript") spoken.push(part.text);
    else images.push(part.image);
  }
  // A caption refers to its attachment: alone it is no question.
  if (spoken.length === 0 && images.length === 0) {
    return { kind: "refused", answer: [...refusals].join("\n\n") };
  }
  const text = [caption.trim(), ...spoken].filter((each) => each !== "").join("\n");
  return { kind: "ask", text, images, notes: [...spoken.map(said.voiceHeard), ...refusals] };
}
