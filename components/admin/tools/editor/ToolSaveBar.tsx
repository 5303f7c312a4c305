import { changedFields } from "./changed_fields.ts";
import { DraftBar, type SaveBarProps } from "../../drafts/DraftBar.tsx";

export type ToolSaveBarProps = SaveBarProps;

/** Save bar of the tool editor: a draft of an earlier visit is offered. */
export function ToolSaveBar(props: ToolSaveBarProps) {
  return <DraftBar {...props} describe={changedFields} />;
}
