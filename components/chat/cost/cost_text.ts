import type { ComposerTexts } from "../../../lib/locales/page/chat/chat_texts.ts";
import { formatCents, type NanoUsd } from "../../../lib/shared/money.ts";
import { fill } from "../../../lib/shared/text.ts";

/** Text beside the button, from a cent on. */
export function costText({ language, costs }: ComposerTexts, cost: NanoUsd): string {
  const amount = cost > 0n ? formatCents(cost, language) : null;
  return amount ? fill(costs, { amount }) : "";
}
