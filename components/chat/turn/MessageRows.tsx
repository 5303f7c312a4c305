import type { ComponentChildren, VNode } from "preact";
import { jsxTemplate } from "preact/jsx-runtime";
import type { TurnTexts } from "../../../lib/locales/page/chat/chat_texts.ts";
import { picturesInLanguage } from "../../../lib/locales/own/sent_pictures.ts";
import { HtmlCache } from "../../../lib/shared/bounded_map.ts";
import type { MessageView, ToolView } from "../../../lib/shared/views/chat_view.ts";
import { QuestionMessage } from "./QuestionMessage.tsx";
import { Reply } from "./Reply.tsx";

const kept = new HtmlCache(16_000_000);

/**
 * Renders messages into the cache. Call before rendering the page.
 * All but the latest never change: a long conversation costs a page load no more than an
 * empty one.
 */
export function keepRows(
  texts: TurnTexts,
  tool: ToolView,
  messages: readonly MessageView[],
  timeZone: string,
  renderToString: (node: VNode) => string,
): void {
  for (const message of messages) {
    const name = nameOf(texts, tool, message);
    if (kept.get(name) !== undefined) continue;
    kept.set(name, renderToString(<MessageRow {...{ texts, tool, message, timeZone }} />));
  }
}

/** A message from the cache, or rendered now. */
export function rowOf(
  texts: TurnTexts,
  tool: ToolView,
  message: MessageView,
  timeZone: string,
): VNode {
  const html = kept.get(nameOf(texts, tool, message));
  // The renderer passes a template through unchanged.
  return html === undefined
    ? <MessageRow {...{ texts, tool, message, timeZone }} />
    : jsxTemplate([html]);
}

interface MessageRowProps {
  texts: TurnTexts;
  tool: ToolView;
  message: MessageView;
  /** Of the times, until the page's script changes them to the device's. */
  timeZone: string;
  /** Set for the latest reply, which can be regenerated. */
  latest?: { requestId: string; meter: ComponentChildren };
}

export function MessageRow(props: MessageRowProps) {
  const { texts, tool, message, timeZone, latest } = props;
  if (message.role === "user") {
    const html = picturesInLanguage(message.html, texts.language);
    return <QuestionMessage {...message} {...{ html, texts, timeZone }} toolId={tool.id} />;
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
      at={message.at}
      timeZone={timeZone}
      versions={message.versions}
      latest={latest !== undefined}
      meter={latest?.meter}
    >
      <div class="prose" dir="auto" dangerouslySetInnerHTML={{ __html: message.html }} />
    </Reply>
  );
}

function nameOf({ language }: TurnTexts, tool: ToolView, message: MessageView): string {
  const { id, seq, reply, versions } = message;
  const place = versions ? Object.values(versions).join() : "";
  return `${language} ${id} ${seq} ${reply?.rating ?? ""} ${place} ${tool.id} ${tool.name}`;
}
