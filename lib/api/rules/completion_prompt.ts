import { IMAGE_ONLY_TEXT, type PromptMessage } from "../../llm/rules/prompt.ts";
import { systemPromptOf, type Tool } from "../../tools/rules/tool.ts";
import type { ClientMessage } from "./client_messages.ts";

/**
 * Builds a prompt from a client's messages: the tool's own prompt, the client's instructions after
 * it, then the conversation. Messages of one side in a row are joined, and it begins with a
 * question, since strict servers refuse anything else.
 */
export function completionPrompt(
  tool: Pick<Tool, "systemPrompt" | "examples">,
  messages: readonly ClientMessage[],
): PromptMessage[] {
  const told = messages.filter(({ role }) => role === "system").map(({ text }) => text);
  const system = [systemPromptOf(tool), ...told].filter((text) => text.trim() !== "").join("\n\n");
  const said: PromptMessage[] = [];
  for (const { role, text, images } of messages) {
    const isEmpty = text.trim() === "" && images.length === 0;
    if (role === "system" || isEmpty || (said.length === 0 && role === "assistant")) continue;
    const content = (text.trim() === "" ? IMAGE_ONLY_TEXT : text).toWellFormed();
    const last = said.at(-1);
    if (last?.role !== role) said.push(promptMessage(role, content, images));
    else {
      const all = [...last.images ?? [], ...images];
      said[said.length - 1] = promptMessage(role, `${last.content}\n\n${content}`, all);
    }
  }
  return system === "" ? said : [{ role: "system", content: system.toWellFormed() }, ...said];
}

function promptMessage(
  role: PromptMessage["role"],
  content: string,
  images: NonNullable<PromptMessage["images"]>,
): PromptMessage {
  return images.length === 0 ? { role, content } : { role, content, images };
}
