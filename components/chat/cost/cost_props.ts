import type { MeterTexts } from "../../../lib/locales/page/chat/chat_texts.ts";
import type { CostEvent } from "../../../lib/shared/chat_events.ts";
import type { formatCents, formatUsd, parseUsd } from "../../../lib/shared/money.ts";
import type { fill } from "../../../lib/shared/text.ts";
import type { EstimateView } from "../../../lib/shared/views/chat_view.ts";

export interface CostDetailsProps {
  texts: MeterTexts;
  cost: Omit<CostEvent, "type">;
  /** For the next message's estimate. */
  estimate: EstimateView;
  /** Payer, and the time at which the day's budget starts again. */
  pays: string;
  /** Cost of a conversation, in USD, at which the alert appears. */
  alertAt: string;
  /** Text of the alert. */
  alert: string;
  /** Text for an exhausted ceiling or share, or null. */
  usedUp: string | null;
  /** The panel's markup at page load, until its script is loaded. */
  panel?: string;
}

/** Functions that the panel takes from the page's script. */
export interface CostTools {
  fill: typeof fill;
  formatCents: typeof formatCents;
  formatUsd: typeof formatUsd;
  parseUsd: typeof parseUsd;
  spentOf(cost: Omit<CostEvent, "type">): number;
}
