import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { openChat, reduce } from "../../../../lib/shared/chat_state.ts";
import type { TurnTexts } from "../../../../lib/locales/page/chat/chat_texts.ts";
import { PreviewTurn } from "./PreviewTurn.tsx";
import { askDraft, type Second } from "./preview_client.ts";

/** A question for all columns; a new number marks a new question. */
export interface PreviewQuestion {
  number: number;
  message: string;
}

interface PreviewColumnProps {
  texts: TurnTexts;
  token: string;
  toolId: string | null;
  /** Conversation id; a new id starts over. */
  conversation: string;
  /** The second draft; null uses the form. */
  second: Second | null;
  title: string | null;
  asked: PreviewQuestion;
  onBusy: (on: boolean) => void;
}

export function PreviewColumn(props: PreviewColumnProps) {
  const { texts, title, asked } = props;
  const chat = useSignal(openChat(null));
  const refusal = useSignal<string | null>(null);
  const answered = useRef(asked.number);
  const log = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (asked.number === answered.current) return;
    answered.current = asked.number;
    const { token, toolId, conversation, second, onBusy } = props;
    refusal.value = null;
    onBusy(true);
    askDraft({ token, toolId, conversation, second, message: asked.message }, (event) => {
      chat.value = reduce(chat.value, event);
      log.current?.scrollTo({ top: log.current.scrollHeight });
    }).then((why) => refusal.value = why && `“${asked.message.slice(0, 80)}”: ${why}`)
      .finally(() => onBusy(false));
  }, [asked.number]);

  const { turns } = chat.value;
  return (
    <div class="column">
      {title !== null && <h3>{title}</h3>}
      <div
        class="log thread"
        ref={log}
        tabIndex={0}
        role="log"
        aria-label={title ?? "Conversation with the draft"}
      >
        {turns.length === 0 && refusal.value === null && (
          <p class="meta">Its replies appear here.</p>
        )}
        {turns.map((turn) => <PreviewTurn key={turn.turnId} texts={texts} turn={turn} />)}
        {refusal.value !== null && <p class="err" role="alert">{refusal.value}</p>}
      </div>
    </div>
  );
}
