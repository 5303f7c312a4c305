import type { ComponentChildren } from "preact";
import type { ChatView, MessageView } from "../lib/shared/chat_view.ts";
import { Failure } from "./Failure.tsx";
import { Question } from "./Question.tsx";
import { Reply } from "./Reply.tsx";
import { chatPath } from "./TurnForm.tsx";

interface MessageListProps {
  view: ChatView;
  requestId: string;
  /** False on a page of older messages, where nothing is the latest. */
  live: boolean;
  /** Items that go on after the page was rendered. */
  children: ComponentChildren;
}

/** The conversation. Static HTML, whatever its length: only `children` is alive. */
export function MessageList({ view, requestId, live, children }: MessageListProps) {
  const { tool, messages, failure, olderBefore } = view;
  const last = live && !view.running ? messages.at(-1) : undefined;
  return (
    <>
      {olderBefore !== null && (
        <p class="older">
          <a class="button" href={`${chatPath(tool.id)}?before=${olderBefore}#latest`}>
            Older messages
          </a>
        </p>
      )}
      <ol id="messages" class="messages">
        {messages.map((message) => (
          <li key={message.id}>
            {message.role === "user"
              ? <Question toolId={tool.id} {...message} />
              : <StaticReply view={view} message={message} {...{ requestId, last }} />}
          </li>
        ))}
        {failure && live && (
          <li>
            <Failure toolId={tool.id} requestId={requestId} failure={failure} />
          </li>
        )}
        {children}
      </ol>
    </>
  );
}

interface StaticReplyProps {
  view: ChatView;
  message: MessageView;
  requestId: string;
  last: MessageView | undefined;
}

function StaticReply({ view, message, requestId, last }: StaticReplyProps) {
  return (
    <Reply
      toolId={view.tool.id}
      toolName={view.tool.name}
      requestId={requestId}
      seq={message.seq}
      reply={message.reply}
      latest={message === last}
    >
      <div class="prose" dir="auto" dangerouslySetInnerHTML={{ __html: message.html }} />
    </Reply>
  );
}
