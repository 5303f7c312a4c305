import { useSignal } from "@preact/signals";
import type { MeterTexts } from "../../../lib/locales/page/chat/chat_texts.ts";
import { chat } from "../../../lib/shared/chat_session.ts";
import { formatCents, parseUsd } from "../../../lib/shared/money.ts";
import { fill } from "../../../lib/shared/text.ts";
import { Hint } from "../composer/Hint.tsx";

export interface CostAlertProps {
  texts: Pick<MeterTexts, "language" | "hasCost" | "cheap" | "dismiss">;
  /** The cost at which to tell, in USD; empty when the page's conversation has reached it. */
  alertAt: string;
}

/** Says that the conversation has become expensive on this page, until dismissed. */
export function CostAlert({ texts, alertAt }: CostAlertProps) {
  const limit = useSignal(parseUsd(alertAt || "0"));
  const cost = parseUsd(chat.value?.cost?.session ?? "0");
  if (limit.value === 0n || cost < limit.value) return null;
  const amount = formatCents(cost, texts.language) ?? texts.cheap;
  return (
    <Hint warn>
      {fill(texts.hasCost, { amount })}{" "}
      <button type="button" class="link" onClick={() => limit.value = 0n}>{texts.dismiss}</button>
    </Hint>
  );
}
