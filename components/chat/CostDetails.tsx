import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { leftText } from "./composer/estimate.ts";
import type { MeterTexts } from "../../lib/locales/page/chat_texts.ts";
import type { CostEvent } from "../../lib/shared/chat_events.ts";
import { chat, usedUp } from "../../lib/shared/chat_session.ts";
import { type CostLevel, formatUsd, parseUsd } from "../../lib/shared/money.ts";
import { fill } from "../../lib/shared/text.ts";

export interface CostDetailsProps {
  texts: MeterTexts;
  cost: Omit<CostEvent, "type">;
  /** Cost of a conversation, in USD, at which the alert appears. */
  alertAt: string;
  /** Text of the alert. */
  alert: string;
  /** Text for an exhausted ceiling or share, or null. */
  usedUp: string | null;
}

/** Costs of the last reply, the conversation and the tool's day. */
export function CostDetails({ texts, cost: rendered, alertAt, ...props }: CostDetailsProps) {
  const usd = (amount: string) => formatUsd(parseUsd(amount), texts.language);
  const cost = chat.value?.cost ?? rendered;
  const over = usedUp.value === undefined ? props.usedUp : usedUp.value;
  const limit = parseUsd(alertAt);
  const passed = limit > 0n && parseUsd(cost.session) >= limit;
  const before = useRef(passed);
  const told = useSignal("");
  useEffect(() => {
    if (passed && !before.current) {
      told.value = fill(texts.hasCost, { amount: usd(cost.session) });
    }
    before.current = passed;
  }, [passed]);

  return (
    <>
      <details class="menu meter" name="menu">
        <summary class="quiet">
          <CostLevelIcon level={over ? "red" : cost.level} />
          <span class="sr">{texts.name}</span>
          {over ? texts.usedUp : usd(cost.session)}
          <span class="sr">{over ? `(${usd(cost.session)})` : texts.level[cost.level]}</span>
        </summary>
        <div class="panel">
          <dl>
            <div>
              <dt>{texts.reply[cost.basis]}</dt>
              <dd>{usd(cost.turn)}</dd>
            </div>
            <div>
              <dt>{texts.conversation[cost.level]}</dt>
              <dd>
                <CostLevelIcon level={cost.level} />
                {usd(cost.session)}
              </dd>
            </div>
            <div>
              <dt>{texts.toolToday}</dt>
              <dd>{usd(cost.toolToday)}</dd>
            </div>
          </dl>
          {cost.ceiling !== null && (
            <>
              <CeilingBar part={Number(cost.toolToday) / Number(cost.ceiling)} />
              {!over && <p class="meta">{leftText(texts, cost)}</p>}
            </>
          )}
          {over && <p class="meta">{over}</p>}
          {passed && <p class="meta">{props.alert}</p>}
          {cost.simulated && <p class="meta">{texts.simulated}</p>}
        </div>
      </details>
      <p class={told.value ? "toast" : "sr"} role="status">
        {told.value}
        {told.value && (
          <button type="button" class="link" onClick={() => told.value = ""}>
            {texts.dismiss}
          </button>
        )}
      </p>
    </>
  );
}

function CeilingBar({ part }: { part: number }) {
  const width = 100 * Math.min(1, part || 0);
  return (
    <svg class="bar" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar-all" width="100" height="2" />
      <rect class={part > 0.8 ? "bar-part red" : "bar-part"} width={width} height="2" />
    </svg>
  );
}

const SHAPES = {
  green: <circle cx="6" cy="6" r="4.5" />,
  yellow: <path d="M6 1 11.5 11H.5z" />,
  red: <path d="M3.7.5h4.6l3.2 3.2v4.6l-3.2 3.2H3.7L.5 8.3V3.7z" />,
};

/** Cost level by shape as well as by colour: circle, triangle, octagon. */
function CostLevelIcon({ level }: { level: CostLevel }) {
  return <svg class={`level ${level}`} viewBox="0 0 12 12" aria-hidden="true">{SHAPES[level]}</svg>;
}
