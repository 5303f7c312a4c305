import { type ComponentChildren, Fragment } from "preact";
import type { ChatView, MessageView } from "../../../lib/shared/views/chat_view.ts";
import { FailureNotice } from "./FailureNotice.tsx";
import { MessageRow, rowOf } from "./MessageRows.tsx";
import { chatPath } from "../composer/TurnForm.tsx";
import { useTexts } from "../../ui/texts.ts";

interface MessageListProps {
  view: ChatView;
  requestId: string;
  /** False on a page of older messages, where no reply is the latest. */
  live: boolean;
  /** Cost details, for the latest reply. */
  meter: ComponentChildren;
  /** Items added after the page load. */
  children: ComponentChildren;
}

/** The messages, as static HTML; only `children` hydrates. */
export function MessageList({ view, requestId, live, meter, children }: MessageListProps) {
  const { turn: texts, chat: { olderMessages } } = useTexts();
  const { tool, messages, failure, olderBefore } = view;
  const last = live && !view.running ? messages.at(-1) : undefined;
  return (
    <>
      {olderBefore !== null && (
        <p class="older">
          <a class="button" href={`${chatPath(tool.id)}?before=${olderBefore}#latest`}>
            {olderMessages}
          </a>
        </p>
      )}
      <ol id="messages" class="turns">
        {turnsOf(messages).map((turn) => (
          <li key={turn[0]?.id} class="turn">
            {turn.map((message) => (
              <Fragment key={message.id}>
                {message === last
                  ? (
                    <MessageRow
                      texts={texts}
                      tool={tool}
                      message={message}
                      latest={{ requestId, meter }}
                    />
                  )
                  : rowOf(texts, tool, message)}
                {message.unanswered && (
                  <FailureNotice
                    texts={texts}
                    toolId={tool.id}
                    requestId={requestId}
                    seq={message.seq}
                    text={message.pictures ? "" : message.text}
                    failure={message === last ? failure : null}
                  />
                )}
              </Fragment>
            ))}
          </li>
        ))}
        {children}
      </ol>
    </>
  );
}

/** Groups a question with its answer. */
function turnsOf(messages: readonly MessageView[]): MessageView[][] {
  const turns: MessageView[][] = [];
  for (const message of messages) {
    const turn = turns.at(-1);
    if (message.role === "user" || !turn) turns.push([message]);
    else turn.push(message);
  }
  return turns;
}
