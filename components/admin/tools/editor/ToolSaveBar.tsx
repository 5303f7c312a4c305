import { changedFields } from "./changed_fields.ts";
import { DraftBar, type SaveBarProps } from "../../drafts/DraftBar.tsx";
import type { FormDraft } from "../../drafts/kept_draft.ts";

export interface ToolSaveBarProps extends SaveBarProps {
  /** The golden conversations' word, where some got worse. */
  warning?: { text: string; href: string } | null;
  /** Names of the fields that differed from the stored tool when they were served. */
  differs?: readonly string[];
}

/** Save bar of the tool editor: a draft of an earlier visit is offered. */
export function ToolSaveBar({ warning = null, differs = [], ...props }: ToolSaveBarProps) {
  const describe = (served: FormDraft, now: FormDraft) =>
    changedFields(
      Object.fromEntries(Object.entries(served).filter(([name]) => !differs.includes(name))),
      now,
    );
  return (
    <DraftBar {...props} describe={describe}>
      {warning && <a class="bad-t" href={warning.href}>{warning.text}</a>}
    </DraftBar>
  );
}
