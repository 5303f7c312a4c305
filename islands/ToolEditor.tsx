import { SaveBar as Bar, type SaveBarProps } from "../components/admin/tools/editor/SaveBar.tsx";
import {
  PreviewPane,
  type PreviewPaneProps,
} from "../components/admin/tools/preview/PreviewPane.tsx";

/** Names what is changed, saves it, and keeps the unsaved draft. */
export function SaveBar(props: SaveBarProps) {
  return <Bar {...props} />;
}

/** Chat with the draft, beside its form. */
export function Preview(props: PreviewPaneProps) {
  return <PreviewPane {...props} />;
}
