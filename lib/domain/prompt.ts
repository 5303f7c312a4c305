/** One message as a model sees it. */
export interface PromptMessage {
  role: "system" | "user" | "assistant";
  content: string;
}

/** How many earlier messages go with a question. */
export const HISTORY_MESSAGES = 10;
/** Longest history in UTF-16 units: what one message may hold is enough for all before it. */
const HISTORY_LENGTH = 48_000;

/**
 * What a model is told: the tool's prompt, the latest of what was said before,
 * and the question. The history begins with a question, so that replies never
 * stand without what they answer.
 */
export function buildPrompt(
  systemPrompt: string,
  history: readonly { role: "user" | "assistant"; text: string }[],
  question: string,
): PromptMessage[] {
  const kept: PromptMessage[] = [];
  let length = question.length;
  for (let i = history.length - 1; i >= 0 && kept.length < HISTORY_MESSAGES; i--) {
    const message = history[i];
    if (!message) break;
    length += message.text.length;
    if (length > HISTORY_LENGTH) break;
    kept.unshift({ role: message.role, content: message.text });
  }
  while (kept[0]?.role === "assistant") kept.shift();
  const system: PromptMessage[] = systemPrompt === ""
    ? []
    : [{ role: "system", content: systemPrompt }];
  return [...system, ...kept, { role: "user", content: question }];
}
