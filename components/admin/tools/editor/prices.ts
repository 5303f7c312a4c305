import { usdString } from "../../../../lib/shared/money.ts";

/** Input and output price of a million tokens; "free" on the organisation's own servers. */
export function priceText({ inputRate, outputRate }: { inputRate: string; outputRate: string }) {
  if (BigInt(inputRate) + BigInt(outputRate) === 0n) return "free";
  return `$${usdString(BigInt(inputRate))} in, $${usdString(BigInt(outputRate))} out`;
}
