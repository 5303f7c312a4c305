import type { ComponentChildren } from "preact";
import type { TurnTexts } from "../../../lib/locales/page/chat_texts.ts";
import type { ReplyView } from "../../../lib/shared/views/chat_view.ts";
import { FinishHint } from "../composer/FinishHint.tsx";
import { Action } from "./Action.tsx";
import { AgainIcon, CopyIcon } from "../../ui/Icons.tsx";
import { ThumbButtons } from "./ThumbButtons.tsx";
import { TurnForm } from "../composer/TurnForm.tsx";

/** What a reply shows of itself beside its text. */
export type ReplyTags = Pick<ReplyView, "simulated" | "reason" | "otherModel" | "rating">;

interface ReplyProps {
  texts: TurnTexts;
  toolId: string;
  toolName: string;
  requestId: string;
  /** Message id, and sequence number or null while it is being written. */
  id: string;
  seq: number | null;
  reply: ReplyTags | null;
  /** Only the latest reply can be regenerated. */
  latest: boolean;
  /** Cost details, in the latest reply. */
  meter?: ComponentChildren;
  /** Body: one element of class `prose`. */
  children: ComponentChildren;
}

/** A reply; once finished, with its actions. */
export function Reply(props: ReplyProps) {
  const { texts, toolId, toolName, requestId, id, seq, reply, latest, children } = props;
  return (
    <article class="reply" {...(seq === null ? {} : { id: `m${seq}`, "data-seq": seq })}>
      <h2 class="who">{toolName}</h2>
      {children}
      {reply && <FinishHint {...{ texts, toolId, requestId, latest }} reason={reply.reason} />}
      {seq !== null && (
        <div class="actions">
          <Action name={texts.copyReply} data-copy hidden>
            <CopyIcon />
          </Action>
          {latest && reply?.reason !== "interrupted" && (
            <TurnForm class="latest-only" toolId={toolId} requestId={requestId} action="regenerate">
              <Action type="submit" name={texts.regenerate}>
                <AgainIcon />
              </Action>
            </TurnForm>
          )}
          {reply && <ThumbButtons {...{ texts, toolId, seq, id }} rating={reply.rating} />}
          {reply?.otherModel && <span class="tag">{texts.otherModel}</span>}
          {reply?.simulated && <span class="tag">{texts.simulated}</span>}
          {props.meter}
        </div>
      )}
    </article>
  );
}
