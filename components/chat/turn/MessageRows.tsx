import type { ComponentChildren, VNode } from "preact";
import { jsxTemplate } from "preact/jsx-runtime";
import type { TurnTexts } from "../../../lib/locales/page/chat_texts.ts";
import type { MessageView, ToolView } from "../../../lib/shared/views/chat_view.ts";
import { QuestionMessage } from "./QuestionMessage.tsx";
import { Reply } from "./Reply.tsx";

/** Size of the cache, in UTF-16 units of HTML. */
const MAX_SIZE = 16_000_000;

const kept = new Map<string, string>();
let size = 0;

/**
 * Renders messages into the cache. Call before rendering the page.
 * All but the latest never change: a long conversation costs a page load no more than an
 * empty one.
 */
export function keepRows(
  texts: TurnTexts,
  tool: ToolView,
  messages: readonly MessageView[],
  renderToString: (node: VNode) => string,
): void {
  for (const message of messages) {
    const name = nameOf(texts, tool, message);
    if (kept.has(name)) continue;
    const html = renderToString(<MessageRow texts={texts} tool={tool} message={message} />);
    kept.set(name, html);
    size += html.length;
  }
  for (const [name, html] of kept) {
    if (size <= MAX_SIZE) break;
    kept.delete(name);
    size -= html.length;
  }
}

/** A message from the cache, or rendered now. */
export function rowOf(texts: TurnTexts, tool: ToolView, message: MessageView): VNode {
  const html = kept.get(nameOf(texts, tool, message));
  // The renderer passes a template through unchanged.
  return html === undefined
    ? <MessageRow texts={texts} tool={tool} message={message} />
    : jsxTemplate([html]);
}

interface MessageRowProps {
  texts: TurnTexts;
  tool: ToolView;
  message: MessageView;
  /** Set for the latest reply, which can be regenerated. */
  latest?: { requestId: string; meter: ComponentChildren };
}

export function MessageRow({ texts, tool, message, latest }: MessageRowProps) {
  if (message.role === "user") {
    return <QuestionMessage texts={texts} toolId={tool.id} {...message} />;
  }
  return (
    <Reply
      texts={texts}
      toolId={tool.id}
      toolName={tool.name}
      requestId={latest?.requestId ?? ""}
      id={message.id}
      seq={message.seq}
      reply={message.reply}
      latest={latest !== undefined}
      meter={latest?.meter}
    >
      <div class="prose" dir="auto" dangerouslySetInnerHTML={{ __html: message.html }} />
    </Reply>
  );
}

function nameOf({ language }: TurnTexts, tool: ToolView, message: MessageView): string {
  const { id, seq, reply } = message;
  return `${language} ${id} ${seq} ${reply?.rating ?? ""} ${tool.id} ${tool.name}`;
}
