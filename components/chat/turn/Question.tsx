import { CopyIcon, EditIcon } from "../../ui/Icons.tsx";
import { chatPath } from "../composer/TurnForm.tsx";

interface QuestionProps {
  toolId: string;
  seq: number | null;
  /** Safe HTML; null while the server has not rendered it yet. */
  html: string | null;
  text: string;
  channel?: string;
}

/** What the person asked, as a bubble. `data-text` is what editing and copying take. */
export function Question({ toolId, seq, html, text, channel }: QuestionProps) {
  return (
    <article
      class={seq === null ? "question pending" : "question"}
      {...place(seq)}
      data-text={text}
    >
      <h2 class="sr">You</h2>
      {text === "" && !html
        ? <div class="bubble prose" aria-label="Continue" role="img">…</div>
        : html === null
        ? <div class="bubble prose plain" dir="auto">{text}</div>
        : <div class="bubble prose" dir="auto" dangerouslySetInnerHTML={{ __html: html }} />}
      <div class="actions">
        {channel === "whatsapp" && <span class="meta">via WhatsApp</span>}
        {seq === null ? <span class="meta">Sending…</span> : (
          <>
            <button type="button" class="quiet" data-copy hidden>
              <CopyIcon />
              <span class="sr">Copy question</span>
            </button>
            <a class="quiet" href={`${chatPath(toolId)}?edit=${seq}#composer`} data-edit={seq}>
              <EditIcon />
              <span class="sr">Edit and resend</span>
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
