import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { MeterTexts } from "../../../lib/locales/page/chat_texts.ts";
import { chat } from "../../../lib/shared/chat_session.ts";
import { formatCents, parseUsd } from "../../../lib/shared/money.ts";
import { fill } from "../../../lib/shared/text.ts";
import { Hint } from "./Hint.tsx";

export interface CostAlertProps {
  texts: Pick<MeterTexts, "language" | "hasCost" | "cheap" | "dismiss">;
  /** The conversation's cost at page load, and the one at which to tell, in USD. */
  session: string;
  alertAt: string;
}

/** Says once that the conversation has become expensive, until dismissed. */
export function CostAlert({ texts, session, alertAt }: CostAlertProps) {
  const limit = parseUsd(alertAt);
  const cost = parseUsd(chat.value?.cost?.session ?? session);
  const passed = limit > 0n && cost >= limit;
  const before = useRef(passed);
  const told = useSignal("");
  useEffect(() => {
    if (passed && !before.current) {
      const amount = formatCents(cost, texts.language) ?? texts.cheap;
      told.value = fill(texts.hasCost, { amount });
    }
    before.current = passed;
  }, [passed]);
  return told.value === "" ? null : (
    <Hint warn>
      {told.value}{" "}
      <button type="button" class="link" onClick={() => told.value = ""}>{texts.dismiss}</button>
    </Hint>
  );
}
