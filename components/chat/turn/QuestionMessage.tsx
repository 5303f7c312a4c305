import type { TurnTexts } from "../../../lib/locales/page/chat_texts.ts";
import { CopyIcon, EditIcon } from "../../ui/Icons.tsx";
import { chatPath } from "../composer/TurnForm.tsx";
import { Action } from "./Action.tsx";

interface QuestionProps {
  texts: TurnTexts;
  toolId: string;
  seq: number | null;
  /** Safe HTML; null until the server has rendered it. */
  html: string | null;
  text: string;
  channel?: string;
}

/** A question as a bubble. Editing and copying read `data-text`. */
export function QuestionMessage({ texts, toolId, seq, html, text, channel }: QuestionProps) {
  return (
    <article
      class={seq === null ? "question waiting" : "question"}
      {...place(seq)}
      data-text={text}
    >
      <h2 class="who">{texts.you}</h2>
      {text === "" && !html
        ? <div class="bubble prose" aria-label={texts.proceed} role="img">…</div>
        : html === null
        ? <div class="bubble prose plain" dir="auto">{text}</div>
        : <div class="bubble prose" dir="auto" dangerouslySetInnerHTML={{ __html: html }} />}
      <div class="actions">
        {channel === "whatsapp" && <span class="meta">{texts.whatsapp}</span>}
        {seq === null ? <span class="meta">{texts.sending}</span> : (
          <>
            <Action name={texts.copyQuestion} data-copy hidden>
              <CopyIcon />
            </Action>
            <a
              class="quiet"
              href={`${chatPath(toolId)}?edit=${seq}#composer`}
              data-edit={seq}
              aria-label={texts.editQuestion}
              title={texts.editQuestion}
            >
              <EditIcon />
            </a>
          </>
        )}
      </div>
    </article>
  );
}

function place(seq: number | null) {
  return seq === null ? {} : { id: `m${seq}`, "data-seq": seq };
}
