import { utf8Length } from "../tokens.ts";

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const THINKING = /think|reason|thought|analysis/;
/** Names of the fields in which servers send thinking; some send it in two of them. */
const FIELDS = ["reasoning_content", "reasoning", "reasoning_text", "thinking", "thought"];
/** How deep parts are looked into: nobody nests them further. */
const DEEPEST = 4;

/** What the content of a message is: its text, and how much thinking, in UTF-8 bytes, is among it. */
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

/** Bytes of the thinking that a message holds beside its content. */
export function thinkingBeside(message: Record<string, unknown>): number {
  const most = Math.max(...FIELDS.map((field) => bytesIn(message[field])));
  return most > 0 ? most : bytesIn(message.reasoning_details);
}

function textIn(value: unknown): string {
  if (typeof value === "string") return value;
  return isRecord(value) && typeof value.value === "string" ? value.value : "";
}

/** UTF-8 bytes of the texts in a thought, however it is nested. */
function bytesIn(value: unknown, depth = 0): number {
  if (typeof value === "string") return utf8Length(value);
  if (depth > DEEPEST) return 0;
  if (Array.isArray(value)) return value.reduce((sum, each) => sum + bytesIn(each, depth + 1), 0);
  if (!isRecord(value)) return 0;
  const { text, thinking, reasoning, summary, content } = value;
  return [text, thinking, reasoning, summary, content]
    .reduce<number>((sum, each) => sum + bytesIn(each, depth + 1), 0);
}
