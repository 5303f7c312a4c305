import {
  ToolSaveBar,
  type ToolSaveBarProps,
} from "../components/admin/tools/editor/ToolSaveBar.tsx";
import {
  PreviewPane,
  type PreviewPaneProps,
} from "../components/admin/tools/preview/PreviewPane.tsx";

/** Save bar with the changed fields; stores the unsaved draft. */
export function SaveBar(props: ToolSaveBarProps) {
  return <ToolSaveBar {...props} />;
}

/** Chat with the draft, beside its form. */
export function Preview(props: PreviewPaneProps) {
  return <PreviewPane {...props} />;
}
