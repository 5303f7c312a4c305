import { usdString } from "../../../../lib/shared/money.ts";

/** Input and output price of a million tokens. */
export function priceText({ inputRate, outputRate }: { inputRate: string; outputRate: string }) {
  return `$${usdString(BigInt(inputRate))} in, $${usdString(BigInt(outputRate))} out`;
}
