import type { Language } from "../shared/languages.ts";

/** A counted thing in the forms that a language has; `#` stands for the number. */
export type Forms =
  & { readonly other: string }
  & Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

/** Writes counted things in a language: 1 minute, 10 minutes. */
export function counter(language: Language): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  const digits = new Intl.NumberFormat(language, { numberingSystem: "latn" });
  return (count, forms) =>
    (forms[rules.select(count)] ?? forms.other).replace("#", digits.format(count));
}

/** Up to here a wait is told in seconds. */
const MOST_SECONDS = 90;

/** A wait as people say it: seconds, or whole minutes when it is long. */
export function wait(
  seconds: number,
  units: { seconds(count: number): string; minutes(count: number): string },
): string {
  return seconds <= MOST_SECONDS ? units.seconds(seconds) : units.minutes(Math.ceil(seconds / 60));
}
