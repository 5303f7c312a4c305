import type { TurnTexts } from "../../../lib/locales/page/chat/chat_texts.ts";
import type { Versions } from "../../../lib/shared/chat_events.ts";
import { fill } from "../../../lib/shared/text.ts";
import { BackIcon, NextIcon } from "../../ui/Icons.tsx";
import { Action } from "./Action.tsx";

interface VersionsProps {
  texts: TurnTexts;
  /** The message's number. */
  seq: number;
  versions: Versions | undefined;
}

/** The shown version's place and its neighbours; the buttons submit the page's form `versions`. */
export function VersionButtons({ texts, seq, versions }: VersionsProps) {
  if (!versions) return null;
  const { at, of, before, after } = versions;
  const to = (id: number | null) =>
    id === null
      ? { "aria-disabled": true }
      : { type: "submit", form: "versions", name: "version", value: `${seq}.${id}` } as const;
  return (
    <span class="versions">
      <Action label={texts.versionBefore} {...to(before)}>
        <BackIcon />
      </Action>
      <span class="meta" aria-hidden="true">{at}/{of}</span>
      <span class="sr">{fill(texts.version, { at, of })}</span>
      <Action label={texts.versionAfter} {...to(after)}>
        <NextIcon />
      </Action>
    </span>
  );
}
