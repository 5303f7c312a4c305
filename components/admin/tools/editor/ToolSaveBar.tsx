import { changedFields } from "./changed_fields.ts";
import { DraftBar, type SaveBarProps } from "../../drafts/DraftBar.tsx";

export interface ToolSaveBarProps extends SaveBarProps {
  /** The golden conversations' word, where some got worse. */
  warning?: { text: string; href: string } | null;
}

/** Save bar of the tool editor: a draft of an earlier visit is offered. */
export function ToolSaveBar({ warning = null, ...props }: ToolSaveBarProps) {
  return (
    <DraftBar {...props} describe={changedFields}>
      {warning && <a class="bad-t" href={warning.href}>{warning.text}</a>}
    </DraftBar>
  );
}
