import type { Language } from "../shared/languages.ts";

/** A counted noun in a language's plural forms; `#` stands for the number. */
export type Forms =
  & { readonly other: string }
  & Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

/** Formats counted nouns in a language: 1 minute, 10 minutes. */
export function counter(language: Language): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  const digits = new Intl.NumberFormat(language, { numberingSystem: "latn" });
  return (count, forms) =>
    (forms[rules.select(count)] ?? forms.other).replace("#", digits.format(count));
}

/** Longer waits are in minutes. */
const MOST_SECONDS = 90;

/** A wait in seconds, or in whole minutes when it is long. */
export function wait(
  seconds: number,
  units: { seconds(count: number): string; minutes(count: number): string },
): string {
  return seconds <= MOST_SECONDS ? units.seconds(seconds) : units.minutes(Math.ceil(seconds / 60));
}
