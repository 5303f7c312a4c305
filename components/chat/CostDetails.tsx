import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { CostLevelIcon, LEVEL_TEXT } from "./CostLevelIcon.tsx";
import { leftText } from "./composer/estimate.ts";
import type { CostEvent } from "../../lib/shared/chat_events.ts";
import { chat, usedUp } from "../../lib/shared/chat_session.ts";
import { formatUsd, parseUsd } from "../../lib/shared/money.ts";

export interface CostDetailsProps {
  cost: Omit<CostEvent, "type">;
  /** From what a conversation has cost on, in USD, the person is told so. */
  alertAt: string;
  /** The sentence that says that the day is used up, or null. */
  usedUp: string | null;
}

const usd = (amount: string) => formatUsd(parseUsd(amount));

/** What the last reply, this conversation and this tool's day have cost. */
export function CostDetails({ cost: rendered, alertAt, ...props }: CostDetailsProps) {
  const cost = chat.value?.cost ?? rendered;
  const over = usedUp.value === undefined ? props.usedUp : usedUp.value;
  const limit = parseUsd(alertAt);
  const passed = limit > 0n && parseUsd(cost.session) >= limit;
  const before = useRef(passed);
  const told = useSignal("");
  useEffect(() => {
    if (passed && !before.current) told.value = `This conversation has cost ${usd(cost.session)}.`;
    before.current = passed;
  }, [passed]);

  return (
    <>
      <details class="menu meter" name="menu">
        <summary class="quiet">
          <CostLevelIcon level={over ? "red" : cost.level} />
          <span class="sr">Cost of this conversation:</span>
          {over ? "Used up" : usd(cost.session)}
          <span class="sr">({over ? usd(cost.session) : LEVEL_TEXT[cost.level]})</span>
        </summary>
        <div class="panel">
          <dl>
            <div>
              <dt>Last reply{cost.basis === "reported" ? "" : ` (${cost.basis})`}</dt>
              <dd>{usd(cost.turn)}</dd>
            </div>
            <div>
              <dt>This conversation ({LEVEL_TEXT[cost.level]})</dt>
              <dd>
                <CostLevelIcon level={cost.level} />
                {usd(cost.session)}
              </dd>
            </div>
            <div>
              <dt>This tool today</dt>
              <dd>{usd(cost.toolToday)}</dd>
            </div>
          </dl>
          {cost.ceiling !== null && (
            <>
              <CeilingBar part={Number(cost.toolToday) / Number(cost.ceiling)} />
              {!over && <p class="meta">{leftText(cost)} of {usd(cost.ceiling)} left today</p>}
            </>
          )}
          {over && <p class="meta">{over}</p>}
          {passed && <p class="meta">This conversation has passed ${alertAt}.</p>}
          {cost.simulated && <p class="meta">Simulated: nothing is really charged.</p>}
        </div>
      </details>
      <p class={told.value ? "toast" : "sr"} role="status">
        {told.value}
        {told.value && (
          <button type="button" class="link" onClick={() => told.value = ""}>Dismiss</button>
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
