import { type ComponentChildren, Fragment } from "preact";
import { asset } from "fresh/runtime";
import { OUTBOX_TEXTS } from "../../../lib/locales/own/outbox.ts";
import type { ChatView, MessageView } from "../../../lib/shared/views/chat_view.ts";
import { dayFormat } from "../../../lib/shared/formats.ts";
import { dayNames } from "./day_names.ts";
import { FailureNotice } from "./FailureNotice.tsx";
import { MessageRow, rowOf } from "./MessageRows.tsx";
import { chatPath } from "../composer/TurnForm.tsx";
import { useTexts } from "../../ui/texts.ts";

interface MessageListProps {
  view: ChatView;
  /** The organisation's, and the present, for times. */
  timeZone: string;
  now: number;
  requestId: string;
  /** False on a page of older messages, where no reply is the latest. */
  live: boolean;
  /** Cost details, for the latest reply. */
  meter: ComponentChildren;
  /** Items added after the page load. */
  children: ComponentChildren;
}

/** The messages, as static HTML; only `children` hydrates. */
export function MessageList(props: MessageListProps) {
  const { view, timeZone, now, requestId, live, meter, children } = props;
  const { turn: texts, chat: { olderMessages }, composer: { notSent }, language } = useTexts();
  const { tool, messages, failure, olderBefore } = view;
  const last = live && !view.running ? messages.at(-1) : undefined;
  const dayOf = dayNames({ language, timeZone, now });
  const turns = turnsOf(messages);
  const days = turns.map(([first]) => first ? dayOf(first.at) : "");
  const dates = dayFormat(language, timeZone);
  return (
    <>
      {olderBefore !== null && (
        <p class="older">
          <a class="button" href={`${chatPath(tool.id)}?before=${olderBefore}#latest`}>
            {olderMessages}
          </a>
        </p>
      )}
      <ol
        id="messages"
        class="turns"
        data-tool={live ? tool.id : undefined}
        data-cursor={live ? view.cursor : undefined}
        data-request={live ? view.request : undefined}
        data-worker={live ? asset("/sw.js") : undefined}
        data-outbox={live ? JSON.stringify({ ...OUTBOX_TEXTS[language], notSent }) : undefined}
      >
        {turns.map((turn, i) => (
          <li key={turn[0]?.id} class="turn">
            {days[i] !== days[i - 1] && (
              <p
                class={i === 0 && days.at(-1) === days[0] && days[0] === dayOf(now)
                  ? "meta day only"
                  : "meta day"}
                data-date={dates.format(turn[0]?.at)}
              >
                {days[i]}
              </p>
            )}
            {turn.map((message) => (
              <Fragment key={message.id}>
                {message === last
                  ? (
                    <MessageRow
                      texts={texts}
                      tool={tool}
                      message={message}
                      timeZone={timeZone}
                      latest={{ requestId, meter }}
                    />
                  )
                  : rowOf(texts, tool, message, timeZone)}
                {message.unanswered && (
                  <FailureNotice
                    texts={texts}
                    toolId={tool.id}
                    requestId={requestId}
                    seq={message.seq}
                    text={message.pictures ? "" : message.text}
                    failure={message === last ? failure : null}
                    versions={message.replies}
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
