import type { TurnTexts } from "../../../lib/locales/page/chat/chat_texts.ts";
import type { Versions } from "../../../lib/shared/chat_events.ts";
import { CopyIcon, EditIcon } from "../../ui/Icons.tsx";
import { chatPath } from "../composer/TurnForm.tsx";
import { Action } from "./Action.tsx";
import { SentAt } from "./SentAt.tsx";
import { VersionButtons } from "./VersionButtons.tsx";

interface QuestionProps {
  texts: TurnTexts;
  toolId: string;
  seq: number | null;
  /** Safe HTML; null until the server has rendered it. */
  html: string | null;
  text: string;
  channel?: string;
  /** Its time; null while it is sent. */
  at?: number | null;
  timeZone?: string;
  versions?: Versions;
}

/** A question as a bubble. Editing and copying read `data-text`. */
export function QuestionMessage(props: QuestionProps) {
  const { texts, toolId, seq, html, text, channel } = props;
  const { at = null, timeZone, versions } = props;
  const { language } = texts;
  return (
    <article
      class={seq === null ? "question waiting" : "question"}
      {...place(seq)}
      data-text={text}
    >
      <h2 class="who">
        {texts.you}
        {at !== null && (
          <>
            , <SentAt {...{ language, at, timeZone }} />
          </>
        )}
      </h2>
      {text === "" && !html
        ? <div class="bubble prose" aria-label={texts.proceed} role="img">…</div>
        : html === null
        ? <div class="bubble prose plain" dir="auto">{text}</div>
        : <div class="bubble prose" dir="auto" dangerouslySetInnerHTML={{ __html: html }} />}
      <div class="actions">
        {channel === "whatsapp" && <span class="meta">{texts.whatsapp}</span>}
        {seq === null ? <span class="meta">{texts.sending}</span> : (
          <>
            <Action label={texts.copyQuestion} data-copy hidden>
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
            <VersionButtons {...{ texts, seq, versions }} />
            {at !== null && <SentAt {...{ language, at, timeZone }} beside />}
          </>
        )}
      </div>
    </article>
  );
}

function place(seq: number | null) {
  return seq === null ? {} : { id: `m${seq}`, "data-seq": seq };
}
