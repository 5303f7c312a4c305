import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import type { EditView, RefusalView } from "../lib/shared/chat_view.ts";
import { connected, editing } from "../lib/shared/chat_session.ts";
import { chatPath } from "./TurnForm.tsx";

interface ComposerHintsProps {
  toolId: string;
  edit: EditView | null;
  refused: RefusalView | null;
  /** Seconds until a message may be sent again. */
  wait: number;
}

/** What stands between a person and the next message, said above the field. */
export function ComposerHints({ toolId, edit, refused, wait }: ComposerHintsProps) {
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
    <div class="hints" role="status">
      {offline.value && <p class="warn">You are offline. What you write is kept.</p>}
      {!offline.value && !connected.value && <p class="late">Connection lost. Reconnecting…</p>}
      {refused && (
        <p class="warn">
          {refused.detail}
          {wait > 0 && <span aria-hidden="true">{` You can send again in ${wait} s.`}</span>}
        </p>
      )}
      {edit && (
        <p>
          Editing your question: it and all that follows will be replaced.{" "}
          <a href={`${chatPath(toolId)}#latest`} onClick={cancel}>Cancel</a>
        </p>
      )}
    </div>
  );
}
