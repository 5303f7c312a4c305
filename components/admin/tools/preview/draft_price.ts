import { formatUsd, type NanoUsd } from "../../../../lib/shared/money.ts";
import type { ModelOption, OwnFields } from "../../../../lib/shared/views/tool_admin_view.ts";

/** Tokens of a typical question and reply. */
const QUESTION = 60;
const REPLY = 300;
/** Tokens of a character, in ASCII and in others. */
const ASCII = 0.25;
const OTHER = 0.45;

/** About the tokens of a text. */
export function aboutTokens(text: string): number {
  let ascii = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x80) ascii++;
  return Math.ceil(ascii * ASCII + (text.length - ascii) * OTHER);
}

/** What a typical first message to a draft costs; null for a model without a price. */
export function draftPrice(own: OwnFields, models: readonly ModelOption[]): NanoUsd | null {
  const model = models.find(({ model }) => model === own.model);
  if (!model) return null;
  const most = Number(own.maxTokens);
  const reply = most > 0 ? Math.min(REPLY, most) : REPLY;
  const input = BigInt(aboutTokens(own.systemPrompt) + QUESTION) * BigInt(model.inputRate);
  return (input + BigInt(Math.round(reply)) * BigInt(model.outputRate)) / 1_000_000n;
}

/** The price of asking several drafts, such as "$0.0070"; "" when one is unknown. */
export function priceOfAll(
  drafts: readonly OwnFields[],
  models: readonly ModelOption[],
): string {
  let sum = 0n;
  for (const own of drafts) {
    const price = draftPrice(own, models);
    if (price === null) return "";
    sum += price;
  }
  return formatUsd(sum);
}
