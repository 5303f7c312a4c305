import { ComposerForm, type ComposerFormProps } from "../components/chat/composer/ComposerForm.tsx";
import { CostDetails, type CostDetailsProps } from "../components/chat/CostDetails.tsx";
import { LiveTurns, type LiveTurnsProps } from "../components/chat/turn/LiveTurns.tsx";

// The living parts of a chat page are one module: apart they would be seven
// files to fetch in turn, and a tenth more bytes, for somebody on a poor network.

/** The items of the list of messages that come after the page was rendered. */
export function LiveMessages(props: LiveTurnsProps) {
  return <LiveTurns {...props} />;
}

/** What this reply, this conversation and this tool's day have cost. */
export function CostMeter(props: CostDetailsProps) {
  return <CostDetails {...props} />;
}

/** Where a message is written. */
export function Composer(props: ComposerFormProps) {
  return <ComposerForm {...props} />;
}
