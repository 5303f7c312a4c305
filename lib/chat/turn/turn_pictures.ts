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

/** Earlier pictures that are shown to the model again: each costs as the first time. */
const SEEN_AGAIN = 2;

/** What of a turn a model sees besides text. */
export class TurnPictures {
  constructor(private readonly deps: Needs) {}

  /**
   * What was said before and the question's pictures, for a model: the latest of
   * the earlier ones among them, none where it does not see.
   * @param kept the question's, where it was asked before
   * @param sent the question's, where it is new
   * @throws {AppError} `invalid` when new ones are for a model that does not see.
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

  /** The cheaper model, unless there are pictures that it does not see. */
  seenBy(
    cheaper: ProviderAttempt | null,
    prompt: readonly PromptMessage[],
  ): ProviderAttempt | null {
    const blind = cheaper !== null && prompt.some(({ images }) => images) &&
      !factsOf(cheaper).capabilities.vision;
    return blind ? null : cheaper;
  }

  /** The most tokens of a picture with any of some models. */
  tokens(candidates: readonly (ModelRef | null)[]): number {
    return Math.max(...candidates.map((each) => each === null ? 0 : factsOf(each).imageTokens));
  }

  /**
   * Keeps a question's new pictures and begins its turn; without the turn they
   * are not kept.
   */
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

  /** The files of pictures; those that are gone are left out. */
  private async files(pictures: readonly Picture[]): Promise<PromptImage[]> {
    const found = await Promise.all(pictures.map(({ id }) => this.deps.store.media.file(id)));
    return found.filter((file) => file !== null);
  }
}

/** Of a picture that is not seen again remains that there was one; no words at all ask for more. */
export function withPictureNote(
  role: Message["role"],
  text: string,
  pictures: readonly Picture[] | undefined,
): string {
  return text !== "" || role === "assistant" ? text : pictures ? IMAGE_ONLY_TEXT : CONTINUE_TEXT;
}
