import { formatUsd, type NanoUsd } from "../../../shared/money.ts";
import type {
  ArmReport,
  ExperimentReport,
  Interval,
  Letter,
  RatioCheck,
} from "../../../shared/views/experiment_view.ts";
import { GUARD_TEXTS } from "./heads.ts";
import { listed } from "./verdicts.ts";

/** Headings and words of a report's table of variants. */
export const VARIANT_COLUMNS = {
  variant: "Variant",
  people: "People",
  interval: "Interval",
  cost: "A conversation",
  firstWord: "First word",
  errors: "Errors",
  share: "Share",
  turns: "Turns",
  failed: "Failed",
  degraded: "Cheaper or shortened",
  failedOver: "Another model",
  refused: "Refused by a budget",
} as const;

export const REPORT = {
  oneRating:
    "One rating per person counts. Each person stays with one variant, on the page and on WhatsApp.",
  oneOutcome: "Each person counts once, and stays with one variant, on the page and on WhatsApp.",
  asItWas: "As it was",
  trust: "May it be trusted?",
  statistics: "For somebody who knows statistics",
  whatToCheck: "What to check",
  show: "Show",
  differences: "What differs",
  against: (letter: Letter) => `${letter} against A`,
  same: "Nothing differs.",
  shares: "Shares",
  changeShares: "Change shares",
  pause: "Pause",
  resume: "Resume",
  print: "Report to print",
  csv: "Download CSV",
  back: "Report",
  howToPrint: "Print it, or save it as a PDF, with the command of your browser.",
  measured: (name: string) => `What counts: ${name}.`,
  corrected: "The answer is corrected for the number of comparisons.",
  byWeek: (letter: Letter) => `Gain of ${letter} by week`,
  modelAndLength: (model: string, tokens: number) =>
    `${model} · longest reply ${tokens.toLocaleString("en")} tokens`,
  moreFor: (name: string) => `More for “${name}”`,
  moreFiguresAbout: "Turns, failures, replies of other models, refusals",
  started: (on: string) => `started ${on}`,
  ended: (on: string) => `ended ${on}`,
  moreFigures: "More figures",
  fewUnits: "Percentages are shown from 20 on, because smaller ones mislead.",
  unfair: "Rates are listed without intervals while the split is not fair.",
  sharesHint:
    "New people are split by these shares. Nobody who takes part is moved to another variant.",
  goldenInstead: "Judge golden conversations instead",
  letRun: "Let it run on",
  endUnchanged: "End without a change",
  pauseForA: "Pause, everybody gets A",
} as const;

const NUMBERS = ["no", "one", "two", "three", "four", "five"] as const;

/** "The two variants". */
export const variantsTitle = (count: number): string => `The ${NUMBERS[count] ?? count} variants`;

/** "A · version 12", "B". */
export function variantLabel(letter: Letter, baseVersion: number): string {
  return letter === "A" ? `A · version ${baseVersion}` : letter;
}

/** "Becomes version 13. Version 12 stays in the history." */
export function becomesText({ nextVersion, head: { state } }: ExperimentReport): string {
  const before = `Version ${nextVersion - 1} stays in the history`;
  return `Becomes version ${nextVersion}. ${before}${
    state === "ended" ? "" : ", and the experiment ends"
  }.`;
}

export const makeText = (letter: Letter): string => `Make ${letter} the tool`;

/** Whole percent of a share. */
export const percentText = (share: number): string => `${Math.round(share * 100)}%`;

/** "between 55% and 68%" */
export const betweenText = ({ low, high }: Interval): string =>
  `between ${percentText(low)} and ${percentText(high)}`;

/** A finding about how far a report may be trusted. */
export interface TrustLine {
  good: boolean;
  title: string;
  about: string;
  /** Page with more about it. */
  href?: string;
}

/** Why the report of a fair experiment may be trusted, and where not. */
export function trustLines(report: ExperimentReport): TrustLine[] {
  const { arms, head: { measure, pause }, guard, splitP } = report;
  const counts = arms.map(({ counted: { n } }) => n);
  const unit = measure.code === "rated" ? "ratings" : "people";
  return [
    {
      good: true,
      title: "The split is fair",
      about: `${
        listed(arms.map(({ people }) => people))
      } people. A gap of this size is ordinary (p ${pText(splitP)}).`,
    },
    {
      good: true,
      title: `Enough ${unit}`,
      about: `${listed(counts)}. At least 20 are needed for each.`,
    },
    pause?.code === "guard"
      ? {
        good: false,
        title: "Something got worse",
        about: `${GUARD_TEXTS[pause.guard](pause.letter)}.`,
      }
      : guard
      ? {
        good: true,
        title: "Nothing else got worse",
        about: "Clearly more errors, twice the cost or a clearly lower rate would pause it.",
      }
      : {
        good: false,
        title: "Nobody watches the rest",
        about:
          "It does not pause by itself when a variant fails more often or costs twice as much.",
      },
    ...mixedLines(arms),
  ];
}

/** ".003", "less than .001". */
export function pText(p: number): string {
  if (p < 0.001) return "less than .001";
  return p >= 0.9995 ? "1" : p.toFixed(p < 0.1 ? 3 : 2).replace(/^0/, "");
}

const MIXED = [
  {
    count: "failedOver",
    title: "Other models answered",
    about: "Their replies count for the version, though its own model did not write them.",
  },
  {
    count: "degraded",
    title: "Replies were cheaper or shortened",
    about: "They count for the version, though near a budget's end.",
  },
  {
    count: "refused",
    title: "A budget refused messages",
    about: "Whoever was refused at first and did not come back is not counted.",
  },
] as const;

/** Outcomes that are not the versions' own, where they are 1 in 20 of a version's turns or more. */
function mixedLines(arms: readonly ArmReport[]): TrustLine[] {
  return MIXED.flatMap(({ count, title, about }) => {
    const many = arms.some((arm) => arm[count] > 0 && 20 * arm[count] >= arm.turns);
    const counts = arms.map((arm) => {
      const of = count === "refused" ? arm.turns + arm.refused : arm.turns;
      return `${arm[count].toLocaleString("en")} of ${of.toLocaleString("en")} with ${arm.letter}`;
    });
    return many ? [{ good: false, title, about: `${listed(counts)}. ${about}` }] : [];
  });
}

/** Why other models answer for variants. */
export function unaskedText(unasked: ExperimentReport["unasked"]): string {
  const models = unasked.map(({ letter, model }) => `${model} (${letter})`);
  return `${listed(models)} cannot be asked any more, so the tool's own model answers instead. ` +
    "What is counted meanwhile says nothing of that version's model.";
}

/** Points with decimals, "17.0". */
const fine = (share: number, decimals = 1): string =>
  (share * 100).toFixed(decimals).replace("-", "−");

const chance = (share: number): string =>
  share > 0.999 ? "more than 99.9%" : share < 0.001 ? "less than 0.1%" : `${fine(share)}%`;

type Term = [term: string, value: string];

/** The figures for somebody who knows statistics: term and value. */
export function statisticLines(report: ExperimentReport, fixedOn: string): Term[] {
  const { arms, series, planned } = report;
  const lines: Term[] = [];
  for (const { letter, days } of series) {
    const effect = days.at(-1)?.effect ?? null;
    if (effect === null) continue;
    const of = series.length > 1 ? ` of ${letter}` : "";
    const interval = `confidence sequence ${fine(effect.low)} to ${fine(effect.high)}`;
    lines.push(
      [`Difference${of}`, `${fine(effect.estimate)} points, 95% ${interval}`],
      [`p${of}, always valid`, pText(effect.p)],
    );
  }
  if (series.length > 1) {
    lines.push(["Several variants", `All ${series.length} differences hold together at 95%`]);
  }
  lines.push(["N*", `${planned.toLocaleString("en")}, fixed on ${fixedOn}`]);
  lines.push(["Intervals", "Wilson 95% for each rate"]);
  const base = arms.find(({ letter }) => letter === "A");
  for (const arm of arms) {
    if (base && arm !== base) lines.push(...secondaryLines(arm, base));
  }
  return lines;
}

function secondaryLines({ letter, ...arm }: ArmReport, base: ArmReport): Term[] {
  const lines: Term[] = [];
  if (arm.shrunk !== null && base.shrunk !== null) {
    lines.push([`Shrunk estimate, ${letter}`, `${fine(arm.shrunk - base.shrunk)} points`]);
  }
  if (arm.chanceToBeBest !== null) {
    lines.push([`Chance ${letter} is best`, `${chance(arm.chanceToBeBest)} (secondary)`]);
  }
  if (arm.expectedLoss !== null) {
    const loss = arm.expectedLoss < 0.0001 ? "less than 0.01" : fine(arm.expectedLoss, 2);
    lines.push([
      `Expected loss, ${letter}`,
      `${loss} points if ${letter} is taken and another is better`,
    ]);
  }
  return lines;
}

/** A possible cause of an unfair split. */
export function ratioCheckLine(
  check: RatioCheck,
  shares: readonly number[],
  on: (at: number) => string,
): TrustLine {
  switch (check.code) {
    case "early_failures": {
      const { letter, failed, people, model } = check;
      const each = failed === 0 ? 0 : Math.max(1, Math.round((people + failed) / failed));
      return {
        good: false,
        title: each <= 1
          ? `${letter} fails before its first word for nearly everybody`
          : `${letter} fails before its first word for 1 in ${each} people`,
        about: `They leave and are not counted. See the errors of ${model}`,
        href: "/admin/costs",
      };
    }
    case "shares_kept":
      return {
        good: true,
        title: "Shares were not changed",
        about: `${listed(shares)} since the start`,
      };
    case "shares_changed":
      return {
        good: false,
        title: "Shares were changed",
        about: `Last on ${on(check.at)}, to ${listed(shares)}.`,
      };
    case "nobody_saw_two":
      return { good: true, title: "Nobody saw two", about: "On the page and on WhatsApp" };
    case "some_saw_two":
      return {
        good: false,
        title: check.people === 1 ? "One person saw two" : `${check.people} people saw two`,
        about: "They linked a phone and a browser that had different variants.",
      };
  }
}

/** An amount in cents with a decimal, in dollars from one on. */
export function centsText(amount: NanoUsd): string {
  const cents = Number(amount) / 1e7;
  if (amount === 0n) return "0¢";
  if (amount > 0n && cents < 0.1) return "<0.1¢";
  return cents < 100 ? `${cents.toFixed(1)}¢` : formatUsd(amount);
}
