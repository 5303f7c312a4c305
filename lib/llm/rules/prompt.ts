/** A picture as sent: media type and file, and its size in pixels where it is known. */
export interface PromptImage {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
  width?: number;
  height?: number;
}

/** A recording as sent: media type and file, with its measured duration. */
export interface PromptSound {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
  seconds: number;
}

export interface PromptMessage {
  role: "system" | "user" | "assistant";
  content: string;
  /** Recordings with the text; only in the last question. */
  sounds?: readonly PromptSound[];
  /** Pictures with the text; only in questions. */
  images?: readonly PromptImage[];
}

/** An earlier message; with pictures only where they are shown to the model again. */
export interface HistoryMessage {
  role: "user" | "assistant";
  text: string;
  images?: readonly PromptImage[];
}

/** Number of earlier messages sent with a question. */
export const HISTORY_MESSAGES = 10;
/** Longest history in UTF-16 units. */
const HISTORY_LENGTH = 48_000;

/** Text of a picture without one: some servers refuse an empty text. */
export const IMAGE_ONLY_TEXT = "(a picture, without a word)";

/** Separates questions that were joined because no reply came between them. */
export const QUESTION_SEPARATOR = "\n\n---\n\n";

/** Text of a question without words, which asks for the rest of a cut reply. */
export const CONTINUE_TEXT =
  "(Go on from exactly where your last message ended, in the same language, without repeating it.)";

/**
 * Builds a prompt: the tool's prompt, the latest history, and the question. The history begins with
 * a question, so that no reply lacks its question, and roles alternate, since strict servers refuse
 * anything else. Unanswered questions are joined with the next one; once that is answered, it alone
 * stands for them, so that a question refused by a filter does not spoil later ones.
 * @param unanswered whether the latest unanswered questions are included: not when one caused the
 * failure
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

/** Knowledge from outside of the conversation, for one question. */
export interface PromptBackground {
  /** Rule for its use, before the system prompt: the tool has the last word. */
  rule: string;
  /** Untrusted data, before the question: it changes with each, and what precedes stays cached. */
  data: string;
}

/** A prompt with a background for its last question. */
export function withBackground(
  prompt: readonly PromptMessage[],
  background: PromptBackground | null,
): PromptMessage[] {
  if (background === null) return [...prompt];
  const rule = background.rule.toWellFormed(), data = background.data.toWellFormed();
  const [first, ...others] = prompt;
  const system: PromptMessage = first?.role === "system"
    ? { ...first, content: `${rule}\n\n${first.content}` }
    : { role: "system", content: rule };
  const rest = first?.role === "system" ? others : prompt;
  return [
    system,
    ...rest.map((message, i) =>
      i === rest.length - 1
        ? { ...message, content: `${data}${QUESTION_SEPARATOR}${message.content}` }
        : message
    ),
  ];
}

/** Tells the model how the text of a spoken question relates to its recording. */
const HEARD_NOTE =
  "(This question was spoken, and its recording is attached. Its text was written by a machine and may be wrong or say nothing: go by the recording.)";

/** A prompt with the recordings of its last question. */
export function withSounds(
  prompt: readonly PromptMessage[],
  sounds: readonly PromptSound[],
): PromptMessage[] {
  const last = prompt.at(-1);
  if (sounds.length === 0 || last === undefined) return [...prompt];
  const content = `${HEARD_NOTE}${QUESTION_SEPARATOR}${last.content}`;
  return [...prompt.slice(0, -1), { ...last, content, sounds }];
}

/** Seconds of all recordings in a prompt. */
export function soundSecondsIn(prompt: readonly PromptMessage[]): number {
  return secondsOf(prompt.flatMap(({ sounds = [] }) => sounds));
}

/** Seconds of several recordings together. */
export function secondsOf(sounds: readonly PromptSound[]): number {
  return sounds.reduce((sum, { seconds }) => sum + seconds, 0);
}

export function lastOfJoined(content: string): string {
  return content.split(QUESTION_SEPARATOR).at(-1) ?? content;
}

/** Joins two questions; a repeated one counts once. */
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

/** Replaces lone surrogates, which some servers refuse. */
function promptMessage(said: HistoryMessage): PromptMessage {
  const { role, images = [] } = said;
  const content = wordsOf(said).toWellFormed();
  return images.length === 0 ? { role, content } : { role, content, images };
}
