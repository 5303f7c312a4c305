import type { ReplyView } from "../../../lib/shared/views/chat_view.ts";
import { formatUsd, parseUsd } from "../../../lib/shared/money.ts";

const BASIS = {
  reported: ["", "Counted by the provider"],
  estimated: [
    " (estimated)",
    "The provider gave no count that can be relied on: this is our estimate",
  ],
  partial: [" (partial)", "The reply was cut short: this is what was used until then"],
} as const;

/** What a reply cost and how that figure came about. */
export function ReplyCost({ reply }: { reply: ReplyView }) {
  const [mark, title] = BASIS[reply.basis];
  return (
    <p class="meta">
      {reply.simulated && <span class="tag">simulated</span>}
      {reply.model} <span title={title}>· {formatUsd(parseUsd(reply.usd))}{mark}</span>
    </p>
  );
}
