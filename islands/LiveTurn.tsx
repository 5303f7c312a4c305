import type { LiveTurnsProps } from "../components/LiveTurns.tsx";
import { LiveTurns } from "../components/LiveTurns.tsx";

/** To be imported from Chat.tsx instead; then this file can go. */
export function LiveTurn(props: LiveTurnsProps) {
  return <LiveTurns {...props} />;
}
