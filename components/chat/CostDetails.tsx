import { nextCost } from "./composer/estimate.ts";
import type { MeterTexts } from "../../lib/locales/page/chat_texts.ts";
import type { CostEvent } from "../../lib/shared/chat_events.ts";
import { chat, usedUp } from "../../lib/shared/chat_session.ts";
import { formatCents, formatUsd, parseUsd } from "../../lib/shared/money.ts";
import { fill } from "../../lib/shared/text.ts";

export interface CostDetailsProps {
  texts: MeterTexts;
  cost: Omit<CostEvent, "type">;
  /** Estimated cost of the next message, in nano-dollars, until the field's own. */
  next: string;
  /** Payer, and the time at which the day's budget starts again. */
  pays: string;
  /** Cost of a conversation, in USD, at which the alert appears. */
  alertAt: string;
  /** Text of the alert. */
  alert: string;
  /** Text for an exhausted ceiling or share, or null. */
  usedUp: string | null;
}

/** Share of the day's ceiling below which the rest is shown. */
const LOW = 0.2;

/** A quiet dot that opens the costs of the answer, the conversation and the tool's day. */
export function CostDetails({ texts, cost: rendered, alertAt, ...props }: CostDetailsProps) {
  const { language } = texts;
  const cents = (amount: string) => formatCents(parseUsd(amount), language) ?? texts.cheap;
  const cost = chat.value?.cost ?? rendered;
  const over = usedUp.value === undefined ? props.usedUp : usedUp.value;
  const session = parseUsd(cost.session);
  const limit = parseUsd(alertAt);
  const passed = limit > 0n && session >= limit;
  const today = cost.ceiling === null
    ? cents(cost.toolToday)
    : fill(texts.of, { amount: cents(cost.toolToday), ceiling: cents(cost.ceiling) });
  const spent = Number(cost.toolToday) / Number(cost.ceiling ?? Infinity) || 0;
  const left = 1 - spent;
  const next = nextCost.value ?? BigInt(props.next);
  const low = over || left < LOW;
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
  const shown = over
    ? texts.usedUp
    : low
    ? fill(texts.left, { percent: Math.max(0, Math.floor(100 * left)) })
    : formatCents(session, language);

  return (
    <details class="pop money" name="menu">
      <summary class={low ? "quiet warn" : "quiet"} title={texts.name}>
        <svg viewBox="0 0 12 12" aria-hidden="true">
          <path d={low ? "M6 1 11.5 11H.5z" : "M2.5 6a3.5 3.5 0 1 0 7 0 3.5 3.5 0 1 0-7 0"} />
        </svg>
        <span class="sr">{texts.name}</span>
        {shown && <span class="meta">{shown}</span>}
      </summary>
      <div class="menu" id="cost">
        <dl class="facts">
          {facts.map(([name, amount, title]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd title={title}>{amount}</dd>
            </div>
          ))}
        </dl>
        {cost.ceiling && <progress value={spent} aria-label={`${texts.toolToday}: ${today}`} />}
        {over && <p class="meta">{over}</p>}
        {passed && <p class="meta">{props.alert}</p>}
        <p class="meta">{cost.simulated ? texts.simulated : props.pays}</p>
      </div>
    </details>
  );
}
