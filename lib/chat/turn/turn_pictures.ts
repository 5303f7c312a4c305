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
import { factsOf } from "../../llm/rules/model_facts.ts";
import type { NumberedMessage } from "../conversations.ts";
import type { Message } from "../records.ts";
import type { Picture } from "../../media/records.ts";
import type { BeginResult, BeginTurn } from "./begin_turn.ts";
import type { Media } from "../../media/stored_media.ts";

interface Needs {
  store: { media: Media };
}

/** Earlier pictures sent to the model again: each costs as much as the first time. */
const SEEN_AGAIN = 2;

export class TurnPictures {
  constructor(private readonly deps: Needs) {}

  /**
   * The history with its latest pictures, and the question's own, for a model; no pictures
   * without vision.
   * @param kept the question's stored pictures, where it is repeated
   * @param sent the question's new pictures
   * @throws {AppError} `invalid` when new pictures are for a model without vision.
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
  tokens(candidates: readonly (ModelRef | null)[]): number {
    return Math.max(...candidates.map((each) => each === null ? 0 : factsOf(each).imageTokens));
  }

  /** Stores a question's new pictures and begins its turn; deletes them when it does not begin. */
  async keepWith(
    input: BeginTurn,
    sent: readonly PromptImage[],
    begin: () => Promise<BeginResult>,
  ): Promise<BeginResult> {
    const { message, seen, turn, visitor } = input;
    if (sent.length === 0 || message === null) return await begin();
    const { media } = this.deps.store;
    const conversation = seen?.conversation ?? turn;
    const pictures: Picture[] = [];
    let begun = false;
    try {
      for (const [i, image] of sent.entries()) {
        pictures.push(await media.keep(conversation, visitor, `${turn}${i}`, image));
      }
      message.pictures = pictures;
      const outcome = await begin();
      begun = outcome.kind === "begun";
      return outcome;
    } finally {
      if (!begun) { for (const { id } of pictures) await media.drop(conversation, id); }
    }
  }

  /** The pictures' files; missing ones are left out. */
  private async files(pictures: readonly Picture[]): Promise<PromptImage[]> {
    const found = await Promise.all(pictures.map(({ id }) => this.deps.store.media.file(id)));
    return found.filter((file) => file !== null);
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
