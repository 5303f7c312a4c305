/** A picture as it was sent: its media type, and its file. */
export interface PromptImage {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** One message as a model sees it. */
export interface PromptMessage {
  role: "system" | "user" | "assistant";
  content: string;
  /** Seen with the text; a person's only. */
  images?: readonly PromptImage[];
}

/** What was said before; pictures only where they are to be seen again. */
export interface Said {
  role: "user" | "assistant";
  text: string;
  images?: readonly PromptImage[];
}

/** How many earlier messages go with a question. */
export const HISTORY_MESSAGES = 10;
/** Longest history in UTF-16 units: what one message may hold is enough for all before it. */
const HISTORY_LENGTH = 48_000;

/** Stands for the text of a picture that came without one: an empty text is refused by some servers. */
export const WORDLESS = "(a picture, without a word)";

/** Stands for a question without words: the person wants the rest of a reply that was cut short. */
export const GO_ON =
  "(Go on from exactly where your last message ended, in the same language, without repeating it.)";

/**
 * What a model is told: the tool's prompt, the latest of what was said before,
 * and the question. The history begins with a question, so that replies never
 * stand without what they answer.
 */
export function buildPrompt(
  systemPrompt: string,
  history: readonly Said[],
  question: string,
  images: readonly PromptImage[] = [],
): PromptMessage[] {
  const kept: PromptMessage[] = [];
  let length = question.length;
  for (let i = history.length - 1; i >= 0 && kept.length < HISTORY_MESSAGES; i--) {
    const message = history[i];
    if (!message) break;
    length += message.text.length;
    if (length > HISTORY_LENGTH) break;
    kept.unshift(promptMessage(message));
  }
  while (kept[0]?.role === "assistant") kept.shift();
  const system: PromptMessage[] = systemPrompt === ""
    ? []
    : [{ role: "system", content: systemPrompt }];
  return [...system, ...kept, promptMessage({ role: "user", text: question, images })];
}

function promptMessage({ role, text, images = [] }: Said): PromptMessage {
  const content = text === "" && images.length > 0 ? WORDLESS : text;
  return images.length === 0 ? { role, content } : { role, content, images };
}
