import type { FailureView } from "../lib/shared/chat_view.ts";
import { AlertIcon } from "./Icons.tsx";
import { TurnForm } from "./TurnForm.tsx";

interface FailureProps {
  toolId: string;
  requestId: string;
  failure: FailureView;
}

/** In the place of a reply that failed: what happened, and the question sent again by one press. */
export function Failure({ toolId, requestId, failure }: FailureProps) {
  return (
    <div class="failure" data-failure>
      <AlertIcon />
      <div>
        <p class="failure-title">{failure.title}</p>
        <p>{failure.detail}</p>
        {failure.retryable && (
          <TurnForm class="latest-only" toolId={toolId} requestId={requestId} action="regenerate">
            <button type="submit" class="button">Try again</button>
          </TurnForm>
        )}
      </div>
    </div>
  );
}
