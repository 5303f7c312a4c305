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
export interface HistoryMessage {
  role: "user" | "assistant";
  text: string;
  images?: readonly PromptImage[];
}

/** How many earlier messages go with a question. */
export const HISTORY_MESSAGES = 10;
/** Longest history in UTF-16 units: what one message may hold is enough for all before it. */
const HISTORY_LENGTH = 48_000;

/** Stands for the text of a picture that came without one: an empty text is refused by some servers. */
export const IMAGE_ONLY_TEXT = "(a picture, without a word)";

/** Stands between questions that became one because nothing was said between them. */
export const QUESTION_SEPARATOR = "\n\n---\n\n";

/** Stands for a question without words: the person wants the rest of a reply that was cut short. */
export const CONTINUE_TEXT =
  "(Go on from exactly where your last message ended, in the same language, without repeating it.)";

/**
 * What a model is told: the tool's prompt, the latest of what was said before,
 * and the question. The history begins with a question, so that replies never
 * stand without what they answer, and roles alternate, for strict servers refuse
 * anything else. Questions that got no reply are asked together with the next
 * one; once that is answered only it stands for them, so that a question which a
 * filter refuses does not spoil all that follow.
 * @param unanswered whether the latest that got none are asked again: not if one is the cause of its failure
 */
export function buildPrompt(
  systemPrompt: string,
  history: readonly HistoryMessage[],
  question: string,
  images: readonly PromptImage[] = [],
  unanswered: "asked" | "left out" = "asked",
): PromptMessage[] {
  const kept: HistoryMessage[] = [];
  let length = question.length;
  for (let i = history.length - 1; i >= 0 && kept.length < HISTORY_MESSAGES; i--) {
    const message = history[i];
    if (!message) break;
    length += message.text.length + QUESTION_SEPARATOR.length;
    if (length > HISTORY_LENGTH) break;
    if (!isBlank(message)) kept.unshift(message);
  }
  while (kept[0]?.role === "assistant") kept.shift();
  const open = kept.slice(kept.findLastIndex(({ role }) => role === "assistant") + 1);
  const answered = kept.slice(0, kept.length - open.length).filter(({ role }, i) =>
    role !== kept[i + 1]?.role
  );
  const asked: HistoryMessage = { role: "user", text: question, images };
  const last = unanswered === "left out" ? asked : [...open, asked].reduce(joined);
  const system: PromptMessage[] = systemPrompt === ""
    ? []
    : [{ role: "system", content: systemPrompt.toWellFormed() }];
  return [...system, ...[...answered, last].map(promptMessage)];
}

/** The last of the questions that are asked together. */
export function lastOfJoined(content: string): string {
  return content.split(QUESTION_SEPARATOR).at(-1) ?? content;
}

/** Two questions as one; what was only tried again counts once. */
function joined(before: HistoryMessage, after: HistoryMessage): HistoryMessage {
  const earlier = before.images ?? [];
  const later = after.images ?? [];
  const fresh = earlier.filter((image) => !later.some((other) => isSame(image, other)));
  const images = [...fresh, ...later];
  const pieces = wordsOf(before).split(QUESTION_SEPARATOR);
  const again = pieces.at(-1)?.trim() === wordsOf(after).trim();
  const texts = [...(again ? pieces.slice(0, -1) : pieces), wordsOf(after)];
  return {
    role: after.role,
    text: texts.filter((text) => text !== "").join(QUESTION_SEPARATOR),
    images,
  };
}

function isSame(a: PromptImage, b: PromptImage): boolean {
  return a.bytes.length === b.bytes.length && a.bytes.every((byte, i) => byte === b.bytes[i]);
}

const isBlank = ({ text, images = [] }: HistoryMessage) =>
  text.trim() === "" && images.length === 0;

const wordsOf = ({ text, images = [] }: HistoryMessage) =>
  text === "" && images.length > 0 ? IMAGE_ONLY_TEXT : text;

/** Half characters, which some servers refuse, are made whole ones. */
function promptMessage(said: HistoryMessage): PromptMessage {
  const { role, images = [] } = said;
  const content = wordsOf(said).toWellFormed();
  return images.length === 0 ? { role, content } : { role, content, images };
}
