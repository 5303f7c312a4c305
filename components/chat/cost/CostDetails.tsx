import { useSignal } from "@preact/signals";
import type { CostEvent } from "../../../lib/shared/chat_events.ts";
import { chat, typed, usedUp } from "../../../lib/shared/chat_session.ts";
import { formatCents, formatUsd, parseUsd } from "../../../lib/shared/money.ts";
import { fill } from "../../../lib/shared/text.ts";
import { useLate } from "../../ui/late.ts";
import type { CostDetailsProps, CostTools } from "./cost_props.ts";

export const COST_TOOLS: CostTools = { fill, formatCents, formatUsd, parseUsd, spentOf };

/** Share of the day's ceiling below which the rest is shown. */
const LOW = 0.2;

/** A quiet dot that opens the costs of the answer, the conversation and the tool's day. */
export function CostDetails(props: CostDetailsProps) {
  const { texts } = props;
  const opened = useSignal(false);
  const Panel = useLate(opened.value, () => import("./CostPanel.tsx"));
  const cost = chat.value?.cost ?? props.cost;
  const over = usedUp.value === undefined ? props.usedUp : usedUp.value;
  const left = 1 - spentOf(cost);
  const low = over || left < LOW;
  const shown = over
    ? texts.usedUp
    : low
    ? fill(texts.left, { percent: Math.max(0, Math.floor(100 * left)) })
    : formatCents(parseUsd(cost.session), texts.language);

  return (
    <details class="pop money" name="menu" onToggle={() => opened.value = true}>
      <summary class={low ? "quiet warn" : "quiet"} title={texts.name}>
        <svg viewBox="0 0 12 12" aria-hidden="true">
          <path d={low ? "M6 1 11.5 11H.5z" : "M2.5 6a3.5 3.5 0 1 0 7 0 3.5 3.5 0 1 0-7 0"} />
        </svg>
        <span class="sr">{texts.name}</span>
        {shown && <span class="meta">{shown}</span>}
      </summary>
      {Panel
        ? (
          <div class="menu" id="cost" key="live">
            <Panel.CostPanel
              {...props}
              cost={cost}
              usedUp={over}
              use={COST_TOOLS}
              state={chat.value}
              typed={typed.value}
            />
          </div>
        )
        : (
          <div
            class="menu"
            id="cost"
            key="first"
            dangerouslySetInnerHTML={{ __html: props.panel ?? "" }}
          />
        )}
    </details>
  );
}

/** Share of the day's ceiling that is spent. */
function spentOf({ toolToday, ceiling }: Omit<CostEvent, "type">): number {
  return Number(toolToday) / Number(ceiling ?? Infinity) || 0;
}
