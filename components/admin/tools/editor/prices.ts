/** Not `usdString()`, which would become part of the chat page's script as well. */
const rate = new Intl.NumberFormat("en", {
  minimumFractionDigits: 2,
  maximumFractionDigits: 9,
  useGrouping: false,
});
const NANO = 1e9;

/** Input and output price of a million tokens; "free" on the organisation's own servers. */
export function priceText({ inputRate, outputRate }: { inputRate: string; outputRate: string }) {
  if (BigInt(inputRate) + BigInt(outputRate) === 0n) return "free";
  const dollars = (amount: string) => `$${rate.format(Number(amount) / NANO)}`;
  return `${dollars(inputRate)} in, ${dollars(outputRate)} out`;
}
