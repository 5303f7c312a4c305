import { picturesPlaceholder } from "../../locales/own/sent_pictures.ts";
import type { Language } from "../../shared/languages.ts";
import type { MessageView } from "../../shared/views/chat_view.ts";

interface About {
  id: string;
  name: string;
}

/** A conversation as Markdown, in pieces; `language` is that of the reader. */
export async function* exportMarkdown(
  tool: About,
  at: Date,
  pieces: AsyncIterable<MessageView[]>,
  { language = "en", person = "You" }: { language?: Language; person?: string } = {},
): AsyncGenerator<string> {
  yield `# ${tool.name}\n\n*${at.toISOString()}*\n`;
  for await (const messages of pieces) {
    for (const message of messages) {
      const who = message.role === "user" ? person : tool.name;
      const about = message.reply
        ? ` (${message.reply.model}, $${message.reply.usd}, ${message.reply.basis}${
          message.reply.simulated ? ", simulated" : ""
        })`
        : "";
      const pictures = picturesPlaceholder(message.pictures ?? 0, language);
      const said = [pictures, message.text].filter((each) => each !== "");
      yield `\n## ${who} · ${new Date(message.at).toISOString()}${about}\n\n${said.join("\n\n")}\n`;
    }
  }
}

/** A conversation as JSON in pieces: `{ version, tool, exportedAt, messages }`. */
export async function* exportJson(
  tool: About,
  at: Date,
  pieces: AsyncIterable<MessageView[]>,
): AsyncGenerator<string> {
  const about = { version: 1, tool: { id: tool.id, name: tool.name }, exportedAt: at };
  yield `${JSON.stringify(about).slice(0, -1)},"messages":[`;
  let first = true;
  for await (const messages of pieces) {
    for (const { seq, role, text, at, reply, pictures } of messages) {
      yield `${first ? "" : ","}\n${
        JSON.stringify({ seq, role, text, pictures, at: new Date(at).toISOString(), reply })
      }`;
      first = false;
    }
  }
  yield "\n]}\n";
}
