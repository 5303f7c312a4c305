import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import type { ComposerTexts } from "../../../lib/locales/page/chat/chat_texts.ts";
import type { EditView, RefusalView } from "../../../lib/shared/views/chat_view.ts";
import { announcement, connected, editing, queued } from "../../../lib/shared/chat_session.ts";
import { chatPath } from "./TurnForm.tsx";
import { CostAlert, type CostAlertProps } from "../cost/CostAlert.tsx";
import { Hint } from "./Hint.tsx";
import { EditIcon } from "../../ui/Icons.tsx";
import { usesUp, type Wait } from "../../ui/wait.ts";

interface ComposerHintsProps {
  texts: ComposerTexts;
  toolId: string;
  edit: EditView | null;
  refused: RefusalView | null;
  /** Text with the place `{reference}`. */
  reference: string;
  wait: Wait;
  alert: CostAlertProps;
  /** Length error of the current text, or empty. */
  tooLong: string;
}

/**
 * Status above the field: connection, refusal, length, queue, edit. The page's one live region,
 * which says each change once; announcements are for screen readers only.
 */
export function ComposerHints(props: ComposerHintsProps) {
  const { texts, toolId, edit, refused, wait, tooLong } = props;
  const [before, after] = props.reference.split("{reference}");
  const offline = useSignal(false);
  useEffect(() => {
    const look = () => offline.value = !navigator.onLine;
    look();
    addEventListener("online", look);
    addEventListener("offline", look);
  }, []);

  function cancel(event: Event): void {
    event.preventDefault();
    queued.value = false;
    editing.value = null;
  }

  return (
    <div id="hints" class="stack" role="status" aria-atomic="false">
      <p class="sr">{announcement.value}</p>
      {offline.value && (
        <Hint>
          <b>{texts.offline}</b>
          {texts.offlineDetail}
        </Hint>
      )}
      {!offline.value && !connected.value && <p class="note late">{texts.reconnecting}</p>}
      <CostAlert {...props.alert} />
      {refused && wait.lead && (
        <Hint warn>
          <p>
            <b>{wait.lead}</b> <span role="timer">{wait.again}</span>
            {refused.message && ` ${texts.saved}`}
          </p>
          {refused.reference && (
            <p class="meta" aria-live="off">
              {before}
              <span class="id">{refused.reference}</span>
              {after}
            </p>
          )}
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
