import type { ComponentChildren } from "preact";
import type { TurnTexts } from "../../../lib/locales/page/chat_texts.ts";
import type { ReplyView } from "../../../lib/shared/views/chat_view.ts";
import { FinishHint } from "../composer/FinishHint.tsx";
import { AgainIcon, CopyIcon } from "../../ui/Icons.tsx";
import { ReplyCost } from "./ReplyCost.tsx";
import { ThumbButtons } from "./ThumbButtons.tsx";
import { TurnForm } from "../composer/TurnForm.tsx";

interface ReplyProps {
  texts: TurnTexts;
  toolId: string;
  toolName: string;
  requestId: string;
  /** Message id, and sequence number or null while it is being written. */
  id: string;
  seq: number | null;
  reply: ReplyView | null;
  /** Only the latest reply can be regenerated. */
  latest: boolean;
  /** Body: one element of class `prose`. */
  children: ComponentChildren;
}

/** A reply; once finished, with its actions and cost. */
export function Reply(props: ReplyProps) {
  const { texts, toolId, toolName, requestId, id, seq, reply, latest, children } = props;
  return (
    <article class="reply" {...(seq === null ? {} : { id: `m${seq}`, "data-seq": seq })}>
      <h2 class="sr">{toolName}</h2>
      {children}
      {reply && <FinishHint {...{ texts, toolId, requestId, latest }} reason={reply.reason} />}
      {seq !== null && (
        <div class="actions">
          <button type="button" class="quiet" data-copy hidden>
            <CopyIcon />
            <span class="sr">{texts.copyReply}</span>
          </button>
          {latest && (
            <TurnForm class="latest-only" toolId={toolId} requestId={requestId} action="regenerate">
              <button type="submit" class="quiet">
                <AgainIcon />
                <span class="sr">{texts.regenerate}</span>
              </button>
            </TurnForm>
          )}
          {reply && <ThumbButtons {...{ texts, toolId, seq, id }} rating={reply.rating} />}
          {reply && <ReplyCost texts={texts} reply={reply} />}
        </div>
      )}
    </article>
  );
}
