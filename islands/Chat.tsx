import { ComposerForm, type ComposerFormProps } from "../components/chat/composer/ComposerForm.tsx";
import { CostDetails } from "../components/chat/cost/CostDetails.tsx";
import type { CostDetailsProps } from "../components/chat/cost/cost_props.ts";
import type { TurnTexts } from "../lib/locales/page/chat/chat_texts.ts";
import { useEffect } from "preact/hooks";
import { chat } from "../lib/shared/chat_session.ts";
import { activatePage } from "../components/ui/page_actions.ts";
import { LiveTurns, type LiveTurnsProps } from "../components/chat/turn/LiveTurns.tsx";

// All islands of the chat page in one module: apart, seven requests and 10% more bytes.

/** Messages added after the page load. */
export function LiveMessages(props: LiveTurnsProps) {
  return <LiveTurns {...props} />;
}

/** The actions of messages on a page without live ones. */
export function PageActions({ texts }: { texts: TurnTexts }) {
  useEffect(() => activatePage(texts), []);
  return null;
}

/** Costs beside the latest reply, until a later one has its own. */
export function CostMeter(props: CostDetailsProps) {
  return chat.value?.turns.length ? null : <CostDetails {...props} />;
}

export function Composer(props: ComposerFormProps) {
  return <ComposerForm {...props} />;
}
