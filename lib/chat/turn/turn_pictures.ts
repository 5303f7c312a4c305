import { AppError } from "../../platform/errors.ts";
import type { ProviderAttempt } from "../../llm/provider.ts";
import type { ModelRef } from "../../llm/rules/model_ref.ts";
import {
  CONTINUE_TEXT,
  type HistoryMessage,
  IMAGE_ONLY_TEXT,
  type PromptImage,
  type PromptMessage,
} from "../../llm/rules/prompt.ts";
import type { PictureDetail } from "../../llm/rules/image_tokens.ts";
import { factsOf } from "../../llm/rules/model_facts.ts";
import { mostPictureBytes } from "../../llm/rules/picture_charges.ts";
import { type ImageTokens, pictureBound } from "../../llm/tokens.ts";
import type { NumberedMessage } from "../conversations.ts";
import type { Message } from "../records.ts";
import type { KeptRecording, Picture } from "../../media/records.ts";
import type { SentRecording } from "./question.ts";
import type { BeginResult, BeginTurn } from "./begin_turn.ts";
import { cleanPicture } from "../../media/pictures/rules/clean_picture.ts";
import type { Media } from "../../media/stored_media.ts";

interface Needs {
  store: { media: Media };
}

/** Earlier pictures sent to the model again: each costs as much as the first time. */
export const SEEN_AGAIN = 2;

export class TurnPictures {
  constructor(private readonly deps: Needs) {}

  /**
   * The history with its latest pictures, and the question's own, for a model; no pictures
   * without vision.
   * @param kept the question's stored pictures, where it is repeated
   * @param sent the question's new pictures
   * @throws {AppError} `invalid` when new pictures are for a model without vision, or too large for it.
   */
  async seen(
    wanted: ModelRef,
    before: readonly NumberedMessage[],
    kept: readonly Picture[] = [],
    sent: readonly PromptImage[],
  ): Promise<{ said: HistoryMessage[]; images: readonly PromptImage[] }> {
    const plain = before.map(({ message: { role, text, pictures } }): HistoryMessage => ({
      role,
      text: withPictureNote(role, text, pictures),
    }));
    if (!factsOf(wanted).capabilities.vision) {
      if (sent.length === 0) return { said: plain, images: [] };
      throw new AppError("invalid", { code: "picture.not_seen" }, { field: "images" });
    }
    const most = mostPictureBytes(factsOf(wanted).pictures);
    if (sent.some(({ bytes }) => bytes.length > most)) {
      throw new AppError("invalid", { code: "picture.too_large", megabytes: most / 1_000_000 });
    }
    let left = SEEN_AGAIN;
    for (let i = before.length - 1; i >= 0 && left > 0; i--) {
      const pictures = before[i]?.message.pictures?.slice(-left) ?? [];
      const said = plain[i];
      if (said === undefined || pictures.length === 0) continue;
      said.images = await this.files(pictures);
      left -= said.images.length;
    }
    return { said: plain, images: sent.length > 0 ? sent : await this.files(kept) };
  }

  /** The cheaper model, unless the prompt has pictures and it lacks vision. */
  seenBy(
    cheaper: ProviderAttempt | null,
    prompt: readonly PromptMessage[],
  ): ProviderAttempt | null {
    const blind = cheaper !== null && prompt.some(({ images }) => images) &&
      !factsOf(cheaper).capabilities.vision;
    return blind ? null : cheaper;
  }

  /** The most tokens of a picture with any of the models. */
  tokens(candidates: readonly (ModelRef | null)[], detail: PictureDetail): ImageTokens {
    return (image) =>
      Math.max(...candidates.map((each) => each === null ? 0 : pictureBound(each, image, detail)));
  }

  /** Stores a question's new files and begins its turn; deletes them when it does not begin. */
  async keepWith(
    input: BeginTurn,
    sent: readonly PromptImage[],
    spoken: readonly SentRecording[],
    begin: () => Promise<BeginResult>,
  ): Promise<BeginResult> {
    const { message, seen, turn, visitor } = input;
    if (sent.length + spoken.length === 0 || message === null) return await begin();
    const { media } = this.deps.store;
    const conversation = seen?.conversation ?? turn;
    const pictures: Picture[] = [], recordings: KeptRecording[] = [];
    let begun = false;
    try {
      for (const [i, image] of sent.entries()) {
        pictures.push(await media.keep(conversation, visitor, `${turn}${i}`, image));
      }
      for (const [i, { seconds, ...file }] of spoken.entries()) {
        const kept = await media.keep(conversation, visitor, `${turn}s${i}`, file);
        recordings.push({ ...kept, seconds });
      }
      if (pictures.length > 0) message.pictures = pictures;
      if (recordings.length > 0) message.recordings = recordings;
      const outcome = await begin();
      begun = outcome.kind === "begun";
      return outcome;
    } finally {
      if (!begun) {
        for (const { id } of [...pictures, ...recordings]) await media.drop(conversation, id);
      }
    }
  }

  /** The pictures' files; missing ones are left out. */
  private async files(pictures: readonly Picture[]): Promise<PromptImage[]> {
    const found = await Promise.all(pictures.map(({ id }) => this.deps.store.media.file(id)));
    return found.filter((file) => file !== null).map(withSize);
  }
}

/** A picture with its size, which earlier versions did not store. */
function withSize(image: PromptImage): PromptImage {
  if (image.width !== undefined) return image;
  try {
    const { width, height } = cleanPicture(image.bytes, image.type);
    return { ...image, width, height };
  } catch (error) {
    if (error instanceof AppError) return image;
    throw error;
  }
}

/**
 * A message's text for the prompt.
 * A question without text gets a note of its unsent pictures, or a request to continue.
 */
export function withPictureNote(
  role: Message["role"],
  text: string,
  pictures: readonly Picture[] | undefined,
): string {
  return text !== "" || role === "assistant" ? text : pictures ? IMAGE_ONLY_TEXT : CONTINUE_TEXT;
}
