import type { ComposerFormProps } from "../components/ComposerForm.tsx";
import { ComposerForm } from "../components/ComposerForm.tsx";

/** To be imported from Chat.tsx instead; then this file can go. */
export function Composer(props: ComposerFormProps) {
  return <ComposerForm {...props} />;
}
