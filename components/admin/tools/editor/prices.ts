import { usdString } from "../../../../lib/shared/money.ts";

/** What a million tokens cost, in and out. */
export function priceText({ inputRate, outputRate }: { inputRate: string; outputRate: string }) {
  return `$${usdString(BigInt(inputRate))} in, $${usdString(BigInt(outputRate))} out`;
}
