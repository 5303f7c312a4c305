import type { TurnTexts } from "../../../lib/locales/page/chat/chat_texts.ts";
import { fill } from "../../../lib/shared/text.ts";
import type { Versions } from "../../../lib/shared/chat_events.ts";
import type { FailureView } from "../../../lib/shared/views/chat_view.ts";
import { AgainIcon, AlertIcon } from "../../ui/Icons.tsx";
import { TurnForm } from "../composer/TurnForm.tsx";
import { VersionButtons } from "./VersionButtons.tsx";

interface FailureProps {
  texts: TurnTexts;
  toolId: string;
  requestId: string;
  /** Sequence number of the failed question. */
  seq: number;
  /** The question's text if it can be retried, or empty. */
  text: string;
  /** The error, while the turn is the latest. */
  failure: FailureView | null;
  /** Earlier replies, in whose place it stands. */
  versions?: Versions;
}

/** Shown in place of a failed reply, with Try again. */
export function FailureNotice(props: FailureProps) {
  const { texts, toolId, requestId, seq, text, failure, versions } = props;
  return (
    <div class="failure note bad" data-failure data-seq={seq}>
      <AlertIcon />
      <div>
        <b>{texts.noAnswer}</b>
        {failure && (
          <p class="latest-only">
            {failure.title === "" ? texts.questionSaved : fill(texts.failure, failure)}
          </p>
        )}
        {failure?.retryable && (
          <TurnForm class="latest-only" toolId={toolId} requestId={requestId} action="regenerate">
            <button type="submit" class="button">
              <AgainIcon />
              {texts.tryAgain}
            </button>
          </TurnForm>
        )}
        {text && (
          <TurnForm class="older-only" toolId={toolId} requestId={requestId} action="send">
            <button type="submit" class="link" name="message" value={text}>
              {texts.askAgain}
            </button>
          </TurnForm>
        )}
        <VersionButtons texts={texts} seq={seq + 1} versions={versions} />
      </div>
    </div>
  );
}
