import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import type { ComposerTexts } from "../../../lib/locales/page/chat_texts.ts";
import type { EditView, RefusalView } from "../../../lib/shared/views/chat_view.ts";
import { connected, editing, queued } from "../../../lib/shared/chat_session.ts";
import { chatPath } from "./TurnForm.tsx";
import { CostAlert, type CostAlertProps } from "./CostAlert.tsx";
import { Hint } from "./Hint.tsx";
import { EditIcon } from "../../ui/Icons.tsx";
import { usesUp, type Wait } from "../../ui/wait.ts";

interface ComposerHintsProps {
  texts: ComposerTexts;
  toolId: string;
  edit: EditView | null;
  refused: RefusalView | null;
  wait: Wait;
  alert: CostAlertProps;
  /** Length error of the current text, or empty. */
  tooLong: string;
}

/** Status above the field: connection, refusal, length, queue, edit. */
export function ComposerHints(props: ComposerHintsProps) {
  const { texts, toolId, edit, refused, wait, tooLong } = props;
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
    <div id="hints" class="stack" role="status">
      {offline.value && (
        <Hint>
          <b>{texts.offline}</b>
          {texts.offlineDetail}
        </Hint>
      )}
      {!offline.value && !connected.value && <p class="note late">{texts.reconnecting}</p>}
      <CostAlert {...props.alert} />
      {refused && (
        <Hint warn>
          <p>
            <b>{wait.lead}</b> <span role="timer">{wait.again}</span>
            {refused.message && ` ${texts.saved}`}
          </p>
          {usesUp(refused) && (
            <p class="buttons">
              <a class="button" href="/">{texts.otherTool}</a>
            </p>
          )}
        </Hint>
      )}
      {tooLong && <Hint warn>{tooLong}</Hint>}
      {queued.value && (
        <Hint>
          {texts.queued}{" "}
          <button type="button" class="link" onClick={() => queued.value = false}>
            {texts.doNotSend}
          </button>
        </Hint>
      )}
      {edit && (
        <Hint icon={<EditIcon />}>
          {texts.editing}{" "}
          <a class="link" href={`${chatPath(toolId)}#latest`} onClick={cancel}>{texts.cancel}</a>
        </Hint>
      )}
    </div>
  );
}
