import { parseUsd } from "../../shared/money.ts";

/** Parses a decimal number with a comma or a point; NaN for anything else. */
export function numberOf(text: string): number {
  return /^\d{1,9}([.,]\d{1,9})?$/.test(text) ? Number(text.replace(",", ".")) : NaN;
}

/** Parses a whole number from 0 up; NaN for anything else. */
export function wholeNumberOf(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : NaN;
}

/** Parses dollars into nano-dollars; null for an empty text, undefined for anything else. */
export function amountOf(text: string): bigint | null | undefined {
  if (text === "") return null;
  try {
    const amount = parseUsd(text.replace(/^\$\s*/, "").replace(",", "."));
    return amount < 0n ? undefined : amount;
  } catch {
    return undefined;
  }
}

/** Whether a text is a day of this century as `YYYY-MM-DD`; 31 February is none. */
export function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^20\d{2}-\d{2}-\d{2}$/.test(text) && Number.isFinite(at) &&
    new Date(at).toISOString().startsWith(text);
}
