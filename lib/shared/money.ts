import { formatDollars } from "./formats.ts";
import type { Language } from "./languages.ts";

/**
 * Money as whole nano-dollars (1 USD = 1,000,000,000): no float ever holds an amount, so sums are
 * exact and a reply of a hundredth of a cent is not $0.
 */
export type NanoUsd = bigint;

export const NANO_PER_USD = 1_000_000_000n;

/** Colour of an amount: green below $0.01, yellow below $0.05, red from there. */
export type CostLevel = "green" | "yellow" | "red";

/** Source of a figure: provider's usage, our estimate, or the priced part of a stopped reply. */
export type CostBasis = "reported" | "estimated" | "partial";

const YELLOW = 10_000_000n;
const RED = 50_000_000n;

export function costLevel(amount: NanoUsd): CostLevel {
  if (amount < YELLOW) return "green";
  return amount < RED ? "yellow" : "red";
}

/** Exact decimal string of an amount in USD, without a currency sign: `"0.00075"`, `"12.00"`. */
export function usdString(amount: NanoUsd): string {
  const sign = amount < 0n ? "-" : "";
  const abs = amount < 0n ? -amount : amount;
  const fraction = (abs % NANO_PER_USD).toString().padStart(9, "0").replace(/0+$/, "");
  return `${sign}${abs / NANO_PER_USD}.${fraction.padEnd(2, "0")}`;
}

/**
 * Amount for display: two decimals from one dollar, four below, and never a misleading zero
 * (`"<$0.0001"` for a smaller amount above zero).
 */
export function formatUsd(amount: NanoUsd, language: Language = "en"): string {
  if (amount < 0n) return `-${formatUsd(-amount, language)}`;
  if (amount > 0n && amount < 50_000n) return `<${formatDollars(0.0001, 4, language)}`;
  // An amount that four decimals would round to a dollar gets two.
  const decimals = amount === 0n || amount + 50_000n >= NANO_PER_USD ? 2 : 4;
  const unit = 10n ** BigInt(9 - decimals);
  const units = (amount + unit / 2n) / unit;
  return formatDollars(Number(units) / 10 ** decimals, decimals, language);
}

/** Amount for people who chat: whole cents, dollars from one on, and null below one cent. */
export function formatCents(amount: NanoUsd, language: Language): string | null {
  const cents = Math.round(Number(amount) / 1e7);
  if (amount > 0n && amount < YELLOW) return null;
  return cents < 100 ? `${cents}¢` : formatDollars(cents / 100, 2, language);
}

/**
 * Parses a decimal string of dollars (`"0.10"`, `"5"`) exactly.
 * @throws {RangeError} when it is not a plain decimal number of at most nine places.
 */
export function parseUsd(text: string): NanoUsd {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,9}))?$/.exec(text.trim());
  if (!match) throw new RangeError(`No amount: ${text}`);
  const [, sign = "", whole = "0", fraction = ""] = match;
  const amount = BigInt(whole) * NANO_PER_USD + BigInt(fraction.padEnd(9, "0"));
  return sign ? -amount : amount;
}
