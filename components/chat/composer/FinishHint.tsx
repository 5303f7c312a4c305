import type { FinishReason } from "../../../lib/shared/chat_events.ts";
import { TurnForm } from "./TurnForm.tsx";

interface FinishHintProps {
  toolId: string;
  requestId: string;
  reason: FinishReason;
  latest: boolean;
}

const TEXTS = {
  length: "The reply reached its length limit.",
  filter: "The provider’s content filter ended this reply.",
  stopped: "You stopped this reply.",
  interrupted: "The connection to the AI broke off. What arrived is kept.",
};

/** Why a reply is not whole, and the way on. Nothing under one that ended by itself. */
export function FinishHint({ toolId, requestId, reason, latest }: FinishHintProps) {
  if (reason === "stop") return null;
  return (
    <div class="hint">
      <p>{TEXTS[reason]}</p>
      {latest && reason === "length" && (
        <TurnForm class="latest-only" toolId={toolId} requestId={requestId} action="continue">
          <button type="submit" class="button">Continue</button>
        </TurnForm>
      )}
      {latest && reason === "interrupted" && (
        <TurnForm class="latest-only" toolId={toolId} requestId={requestId} action="regenerate">
          <button type="submit" class="button">Try again</button>
        </TurnForm>
      )}
    </div>
  );
}
