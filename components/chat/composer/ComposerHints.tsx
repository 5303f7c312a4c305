import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import type { ComposerTexts } from "../../../lib/locales/page/chat_texts.ts";
import type { EditView, RefusalView } from "../../../lib/shared/views/chat_view.ts";
import { connected, editing, queued } from "../../../lib/shared/chat_session.ts";
import { chatPath } from "./TurnForm.tsx";
import type { Wait } from "../../ui/wait.ts";

interface ComposerHintsProps {
  texts: ComposerTexts;
  toolId: string;
  edit: EditView | null;
  refused: RefusalView | null;
  wait: Wait;
  /** Length error of the current text, or empty. */
  tooLong: string;
}

/** Status above the field: connection, refusal, length, queue, edit. */
export function ComposerHints({ texts, toolId, edit, refused, wait, tooLong }: ComposerHintsProps) {
  const offline = useSignal(false);
  useEffect(() => {
    const look = () => offline.value = !navigator.onLine;
    look();
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);

  function cancel(event: Event): void {
    event.preventDefault();
    editing.value = null;
  }

  return (
    <div id="hints" class="hints" role="status">
      {offline.value && <p class="warn">{texts.offline}</p>}
      {!offline.value && !connected.value && <p class="late">{texts.reconnecting}</p>}
      {refused && (
        <p class="warn">
          {wait.lead} <span role="timer">{wait.again}</span>
          {refused.message && ` ${texts.saved}`}
        </p>
      )}
      {tooLong && <p class="warn">{tooLong}</p>}
      {queued.value && (
        <p>
          {texts.queued}{" "}
          <button type="button" class="link" onClick={() => queued.value = false}>
            {texts.doNotSend}
          </button>
        </p>
      )}
      {edit && (
        <p>
          {texts.editing} <a href={`${chatPath(toolId)}#latest`} onClick={cancel}>{texts.cancel}</a>
        </p>
      )}
    </div>
  );
}
