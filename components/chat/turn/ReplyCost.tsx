import type { TurnTexts } from "../../../lib/locales/page/chat_texts.ts";
import { fill } from "../../../lib/shared/text.ts";
import type { ReplyView } from "../../../lib/shared/views/chat_view.ts";
import { formatUsd, parseUsd } from "../../../lib/shared/money.ts";

/** Cost of a reply and its basis. */
export function ReplyCost({ texts, reply }: { texts: TurnTexts; reply: ReplyView }) {
  const [cost, from] = texts.cost[reply.basis];
  const amount = formatUsd(parseUsd(reply.usd), texts.language);
  return (
    <p class="meta">
      {reply.simulated && <span class="tag">{texts.simulated}</span>}
      {reply.model} <span title={from}>· {fill(cost, { amount })}</span>
    </p>
  );
}
