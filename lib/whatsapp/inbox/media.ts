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
/** What WhatsApp itself takes: https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages */
const IMAGE_MEGABYTES = 5;
const VOICE_MEGABYTES = 16;
const VOICE_MINUTES = 10;
/** A message of WhatsApp's has one attachment; whatever else comes is no question of a person's. */
const MOST_MEDIA = 4;

/** Pictures that every model reads which sees; an animated one it may refuse. */
const IMAGES = /^image\/(jpeg|png|webp)$/;
/** A voice note as WhatsApp records it. */
const VOICE = "audio/ogg";

/** A message that came, as much as is needed to understand it. */
export interface MediaMessage {
  sid: string;
  text: string;
  media: readonly { url: string; type: string }[];
  /** Twilio's word for what it is. */
  type: string | null;
}

/** Whom a message is for, and in which language the person is spoken to. */
export interface MediaContext {
  tool: Tool;
  language: Language;
  /** In whose share of the day it counts; null for nobody's. */
  visitor: string | null;
  /** Whether the phone is simulated, and has a budget of its own. */
  forSimulator?: boolean;
  /** How attachments are fetched; null where they cannot be. */
  messenger: Pick<Messenger, "fetchMedia"> | null;
  /** Gives up what is under way; what was not understood then is to be asked again. */
  signal: AbortSignal;
}

/** What a message comes to for a tool, or what is said in place of an answer. */
export type Understood =
  /** To be asked; `notes` are sent before the answer: what was heard, what was left out. */
  | { kind: "ask"; text: string; images: readonly PromptImage[]; notes: readonly string[] }
  /** It cannot be used; `answer` says so kindly. */
  | { kind: "refused"; answer: string };

type Part =
  | { kind: "image"; image: PromptImage }
  | { kind: "heard"; text: string }
  | { kind: "refused"; text: string };

/** What people send besides text: fetched from Twilio's hosts only, bounded, seen or written down. */
export class MediaReader {
  constructor(
    private readonly deps: Pick<WhatsAppDeps, "log">,
    private readonly transcription: Transcription,
  ) {}

  /**
   * What a message says. Understanding it again costs nothing more: what was
   * heard is kept by its SID.
   * @throws {AppError} `over_budget`, or `unavailable`, as a turn does.
   * @throws {DOMException} `AbortError` when it was given up.
   */
  async understand(spoken: MediaMessage, hearer: MediaContext): Promise<Understood> {
    const said = texts(hearer.language);
    const { text, media, type } = spoken;
    if (media.length === 0) {
      return text.trim() === ""
        ? { kind: "refused", answer: said.mediaRefused }
        : { kind: "ask", text, images: [], notes: [] };
    }
    const parts: Part[] = [];
    for (const [i, each] of media.slice(0, MOST_MEDIA).entries()) {
      const name = i === 0 ? spoken.sid : `${spoken.sid}.m${i}`;
      parts.push(
        type === "sticker"
          ? { kind: "refused", text: said.mediaRefused }
          : await this.part(each, name, hearer, said),
      );
    }
    return together(text, parts, said);
  }

  private async part(
    { url, type: declared }: { url: string; type: string },
    name: string,
    hearer: MediaContext,
    said: WhatsAppTexts,
  ): Promise<Part> {
    const type = declared.toLowerCase().split(";")[0]?.trim() ?? "";
    if (url === "") return { kind: "refused", text: said.mediaGone };
    if (type.startsWith("audio/") && this.transcription.isAvailable) {
      // What cannot be measured has no price, and is not fetched.
      return soundType(type) === null
        ? { kind: "refused", text: said.audioNotHeard }
        : await this.voice(url, name, hearer, said);
    }
    // What nobody reads is not fetched.
    if (!IMAGES.test(type)) return { kind: "refused", text: said.mediaRefused };
    if (!factsOf(hearer.tool).capabilities.vision) {
      return { kind: "refused", text: said.imagesNotSeen };
    }
    const file = await this.fetch(url, IMAGE_MEGABYTES, hearer);
    if (file.kind === "refused") return this.refusal(file.reason, IMAGE_MEGABYTES, said);
    return IMAGES.test(file.type)
      ? { kind: "image", image: { type: file.type, bytes: file.bytes } }
      : { kind: "refused", text: said.mediaRefused };
  }

  private async voice(
    url: string,
    name: string,
    hearer: MediaContext,
    said: WhatsAppTexts,
  ): Promise<Part> {
    const { tool, signal, visitor, forSimulator } = hearer;
    const file = await this.fetch(url, VOICE_MEGABYTES, hearer);
    if (file.kind === "refused") return this.refusal(file.reason, VOICE_MEGABYTES, said);
    const type = soundType(file.type);
    const seconds = type === null ? null : soundSeconds(type, file.bytes);
    const failed: Part = {
      kind: "refused",
      text: type === VOICE ? said.voiceFailed : said.audioNotHeard,
    };
    if (type === null || seconds === null) return failed;
    if (seconds > VOICE_MINUTES * 60) {
      return { kind: "refused", text: said.voiceTooLong(VOICE_MINUTES) };
    }
    try {
      const heard = await this.transcription.transcribe(
        { type, bytes: file.bytes, seconds, name },
        { tool: tool.id, ceiling: tool.ceiling, channel: "whatsapp", visitor, forSimulator },
        signal,
      );
      return heard === ""
        ? { kind: "refused", text: said.voiceFailed }
        : { kind: "heard", text: heard };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ProviderError)) throw error;
      this.deps.log("warn", "A voice message was not written down", {
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
    this.deps.log("warn", "An attachment could not be fetched", { reason });
    if (reason === "type") return { kind: "refused", text: said.mediaRefused };
    return { kind: "refused", text: reason === "unavailable" ? said.failed(true) : said.mediaGone };
  }
}

/** One question of all that was understood; what was refused is told once. */
function together(caption: string, parts: readonly Part[], said: WhatsAppTexts): Understood {
  const refusals = new Set<string>(), spoken: string[] = [], images: PromptImage[] = [];
  for (const part of parts) {
    if (part.kind === "refused") refusals.add(part.text);
    else if (part.kind === "heard") spoken.push(part.text);
    else images.push(part.image);
  }
  // A caption asks about what it stands under: without that it is no question.
  if (spoken.length === 0 && images.length === 0) {
    return { kind: "refused", answer: [...refusals].join("\n\n") };
  }
  const text = [caption.trim(), ...spoken].filter((each) => each !== "").join("\n");
  return { kind: "ask", text, images, notes: [...spoken.map(said.voiceHeard), ...refusals] };
}
