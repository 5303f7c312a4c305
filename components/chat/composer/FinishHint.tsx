import type { TurnTexts } from "../../../lib/locales/page/chat/chat_texts.ts";
import type { FinishReason } from "../../../lib/shared/chat_events.ts";
import { AlertIcon } from "../../ui/Icons.tsx";
import { TurnForm } from "./TurnForm.tsx";

interface FinishHintProps {
  texts: TurnTexts;
  toolId: string;
  requestId: string;
  reason: FinishReason;
  latest: boolean;
}

/** Why a reply is incomplete, with Continue; nothing after a normal stop. */
export function FinishHint({ texts, toolId, requestId, reason, latest }: FinishHintProps) {
  if (reason === "stop") return null;
  return (
    <div class="cut">
      <AlertIcon />
      <p>{texts.finish[reason]}</p>
      {latest && reason !== "filter" && (
        <TurnForm
          class="latest-only"
          toolId={toolId}
          requestId={requestId}
          action="continue"
        >
          <button type="submit" class="link">{texts.proceed}</button>
        </TurnForm>
      )}
    </div>
  );
}
