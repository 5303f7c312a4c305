import type { ChatState } from "../../../lib/shared/chat_state.ts";
import type { CostDetailsProps, CostTools } from "./cost_props.ts";
import { estimateCost } from "./estimate.ts";

interface CostPanelProps extends Omit<CostDetailsProps, "panel"> {
  /** Functions of the page's script, so that the panel is loaded alone. */
  use: CostTools;
  state: ChatState | null;
  /** Characters in the field. */
  typed: number;
}

/** Figures of the answer, the conversation, the tool's day and the next message, and the payer. */
export function CostPanel(props: CostPanelProps) {
  const { texts, cost, alertAt, usedUp } = props;
  const { fill, formatCents, formatUsd, parseUsd, spentOf } = props.use;
  const { language } = texts;
  const cents = (amount: string) => formatCents(parseUsd(amount), language) ?? texts.cheap;
  const limit = parseUsd(alertAt);
  const passed = limit > 0n && parseUsd(cost.session) >= limit;
  const today = cost.ceiling === null
    ? cents(cost.toolToday)
    : fill(texts.of, { amount: cents(cost.toolToday), ceiling: cents(cost.ceiling) });
  const next = estimateCost(props.estimate, props.state, props.typed);
  const facts = [
    [texts.reply[cost.basis], cents(cost.turn)],
    [texts.conversation, cents(cost.session)],
    [texts.toolToday, today],
    [
      texts.next,
      formatCents(next, language) ?? texts.cheap,
      fill(texts.estimate, { amount: formatUsd(next, language) }),
    ],
  ];
  return (
    <>
      <dl class="facts">
        {facts.map(([name, amount, title]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd title={title}>{amount}</dd>
          </div>
        ))}
      </dl>
      {cost.ceiling && (
        <progress value={spentOf(cost)} aria-label={`${texts.toolToday}: ${today}`} />
      )}
      {usedUp && <p class="meta">{usedUp}</p>}
      {passed && <p class="meta">{props.alert}</p>}
      <p class="meta">{cost.simulated ? texts.simulated : props.pays}</p>
    </>
  );
}
