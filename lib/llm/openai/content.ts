import { isRecord } from "../json.ts";
import { utf8Length } from "../tokens.ts";

const THINKING = /think|reason|thought|analysis/;
/** Fields in which servers send thinking; some use two of them at once. */
const FIELDS = ["reasoning_content", "reasoning", "reasoning_text", "thinking", "thought"];
const DEEPEST = 4;

/** The text of a message's content, and the UTF-8 bytes of the thinking in it. */
export function messageContent(content: unknown): { text: string; thinking: number } {
  if (typeof content === "string") return { text: content, thinking: 0 };
  let text = "";
  let thinking = 0;
  for (const part of Array.isArray(content) ? content : [content]) {
    if (typeof part === "string") text += part;
    else if (!isRecord(part)) continue;
    else if (typeof part.type === "string" && THINKING.test(part.type)) thinking += bytesIn(part);
    else text += textIn(part.text) + textIn(part.refusal);
  }
  return { text, thinking };
}

/** UTF-8 bytes of the thinking in a message's other fields. */
export function thinkingBeside(message: Record<string, unknown>): number {
  const most = Math.max(...FIELDS.map((field) => bytesIn(message[field])));
  return most > 0 ? most : bytesIn(message.reasoning_details);
}

function textIn(value: unknown): string {
  if (typeof value === "string") return value;
  return isRecord(value) && typeof value.value === "string" ? value.value : "";
}

/** UTF-8 bytes of all strings in a value. */
function bytesIn(value: unknown, depth = 0): number {
  if (typeof value === "string") return utf8Length(value);
  if (depth > DEEPEST) return 0;
  if (Array.isArray(value)) return value.reduce((sum, each) => sum + bytesIn(each, depth + 1), 0);
  if (!isRecord(value)) return 0;
  const { text, thinking, reasoning, summary, content } = value;
  return [text, thinking, reasoning, summary, content]
    .reduce<number>((sum, each) => sum + bytesIn(each, depth + 1), 0);
}
