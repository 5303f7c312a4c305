import type { ComponentChildren } from "preact";
import type { TurnTexts } from "../../../lib/locales/page/chat/chat_texts.ts";
import type { Versions } from "../../../lib/shared/chat_events.ts";
import type { ReplyView } from "../../../lib/shared/views/chat_view.ts";
import { FinishHint } from "../composer/FinishHint.tsx";
import { Action } from "./Action.tsx";
import { AgainIcon, CopyIcon, SoundIcon } from "../../ui/Icons.tsx";
import { SentAt } from "./SentAt.tsx";
import { ThumbButtons } from "./ThumbButtons.tsx";
import { TurnForm } from "../composer/TurnForm.tsx";
import { VersionButtons } from "./VersionButtons.tsx";

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
  /** Its time; null while it is being written. */
  at: number | null;
  timeZone?: string;
  versions?: Versions;
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
  const { at, timeZone, versions } = props;
  const { language } = texts;
  return (
    <article class="reply" {...(seq === null ? {} : { id: `m${seq}`, "data-seq": seq })}>
      <h2 class="who">
        {toolName}
        {at !== null && (
          <>
            , <SentAt {...{ language, at, timeZone }} />
          </>
        )}
      </h2>
      {children}
      {reply && <FinishHint {...{ texts, toolId, requestId, latest }} reason={reply.reason} />}
      {seq !== null && (
        <div class="actions">
          <Action label={texts.readAloud} data-aloud hidden>
            <SoundIcon />
          </Action>
          <Action label={texts.copyReply} data-copy hidden>
            <CopyIcon />
          </Action>
          {latest && (
            <TurnForm class="latest-only" toolId={toolId} requestId={requestId} action="regenerate">
              <Action type="submit" label={texts.regenerate}>
                <AgainIcon />
              </Action>
            </TurnForm>
          )}
          {reply && <ThumbButtons {...{ texts, toolId, seq, id }} rating={reply.rating} />}
          {reply?.otherModel && <span class="tag">{texts.otherModel}</span>}
          {reply?.simulated && <span class="tag">{texts.simulated}</span>}
          <span class="details">
            <VersionButtons {...{ texts, seq, versions }} />
            {at !== null && <SentAt {...{ language, at, timeZone }} beside />}
            {props.meter}
          </span>
        </div>
      )}
    </article>
  );
}
