import { DraftNote, type DraftNoteProps } from "../components/admin/tools/editor/DraftNote.tsx";
import {
  PreviewPane,
  type PreviewPaneProps,
} from "../components/admin/tools/preview/PreviewPane.tsx";

/** Keeps the unsaved draft. */
export function DraftKeeper(props: DraftNoteProps) {
  return <DraftNote {...props} />;
}

/** Chat with the draft, beside its form. */
export function Preview(props: PreviewPaneProps) {
  return <PreviewPane {...props} />;
}
