import type {
  ArmReport,
  ExperimentVerdict,
  Letter,
  Measure,
} from "../../../shared/views/experiment_view.ts";
import { measureWords } from "./measures.ts";

/** Points of a hundred: "17", "0.4" where a whole number would say nothing. */
export function points(share: number): string {
  const value = share * 100;
  return Math.abs(value) < 1 && value !== 0 ? signed(value, 1) : signed(value, 0);
}

function signed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** Smallest number of experiments, as a round figure, of which one has such a split by chance. */
export function oneIn(p: number): string {
  const times = 1 / Math.max(p, 1e-9);
  const power = 10 ** Math.floor(Math.log10(times));
  return (Math.floor(times / power) * power).toLocaleString("en");
}

/** `12 and 17`, `12, 17 and 20`. */
export const listed = (parts: readonly (string | number)[]): string =>
  new Intl.ListFormat("en-GB").format(parts.map((part) => part.toLocaleString("en")));

/** The letters of the variants with their numbers, in order. */
export function numbersOf(counts: Partial<Record<Letter, number>>): [string, number][] {
  return Object.entries(counts).sort(([a], [b]) => a < b ? -1 : 1);
}

/** "14 and 17 ratings", "14 and 17 people". */
function countedText(counts: Partial<Record<Letter, number>>, measure: Measure): string {
  const numbers = numbersOf(counts).map(([, count]) => count);
  return `${listed(numbers)} ${measure.code === "rated" ? "ratings" : "people"}`;
}

/**
 * What the verdict of an experiment is, in a line of the list.
 * @param over whether it has ended, so that nothing more is counted
 */
export function verdictLine(verdict: ExperimentVerdict, measure: Measure, over: boolean): string {
  switch (verdict.code) {
    case "thin": {
      const counted = countedText(verdict.counts, measure);
      return `Too ${over ? "few" : "early"}: ${counted}. At least ${verdict.needed} each.`;
    }
    case "unfair":
      return `The split is not fair: ${
        listed(numbersOf(verdict.people).map(([, count]) => count))
      } people. No winner is named until this is understood.`;
    case "better": {
      const { winner, over } = verdict;
      const [rate, other] = rates(verdict);
      const against = over === "A" || winner === "A" ? other : `${other} with ${over}`;
      const told = `${rate} of 100 ${measureWords(measure).who}, against ${against}.`;
      return `${winner} is better: ${winner === "A" ? "keep it. " : ""}${told}`;
    }
    case "no_difference":
      return `If there is one, it is very likely smaller than ${points(verdict.below)} in 100.`;
    case "open":
      return leadText(verdict, over);
  }
}

/** How far the leader of an open experiment is ahead. */
function leadText(
  { leader, over, effect }: Extract<ExperimentVerdict, { code: "open" }>,
  ended: boolean,
): string {
  const lead = points(effect.estimate);
  const [answer, is, far] = ended
    ? ["No clear answer.", "was", ""]
    : ["Too early to say.", "is", " so far"];
  if (lead === "0") return `${answer} No version ${is} ahead${far}.`;
  const can = ended ? "that can be chance" : "that can still be chance";
  const chance = effect.p > 0.2 ? "that is well within chance" : can;
  const ahead = over === "A" || leader === "A" ? "ahead" : `ahead of ${over}`;
  return `${answer} ${leader} ${is} ${ahead} by ${lead} in 100${far}, and ${chance}.`;
}

/** The answer of an experiment in one or two sentences. */
export function verdictText(verdict: ExperimentVerdict, measure: Measure, over: boolean): string {
  const { people, does } = measureWords(measure);
  switch (verdict.code) {
    case "thin":
      return !over
        ? "Too early to say."
        : measure.code === "rated"
        ? "Too few ratings to say."
        : "Too few people to say.";
    case "unfair":
      return "The split is not fair, so no winner is named.";
    case "better": {
      const { winner, over } = verdict;
      const [rate, other] = rates(verdict);
      const keep = winner === "A" ? "A is better: keep it." : `${winner} is better.`;
      return `${keep} Of 100 ${people}, ${rate} ${does}; with ${over} it is ${other}.`;
    }
    case "no_difference":
      return `No difference found. ${verdictLine(verdict, measure, over)}`;
    case "open":
      return leadText(verdict, over);
  }
}

/**
 * The winner's rate and the other's in 100, as far apart as the effect says; with a decimal where
 * whole numbers would be the same.
 */
function rates({ rate, effect }: Extract<ExperimentVerdict, { code: "better" }>): string[] {
  const both = [rate, Math.max(0, rate - effect.estimate)].map((each) => each * 100);
  const [one, other] = both.map(Math.round);
  return both.map((each) => each.toFixed(one === other ? 1 : 0));
}

/** What else is to be known of a verdict, below it. */
export function verdictLead(
  verdict: ExperimentVerdict,
  measure: Measure,
  about: {
    arms: readonly Pick<ArmReport, "letter" | "share" | "counted">[];
    daysToFirst: number | null;
    /** `29 January`; null when unknown. */
    seenOn: string | null;
    sharesChanged: boolean;
    /** Whether it still runs. */
    running: boolean;
  },
): string {
  const { arms, daysToFirst, seenOn, sharesChanged, running } = about;
  const seen = seenOn === null || !running
    ? []
    : [`To see a difference of 20 in 100 it takes until about ${seenOn}.`];
  switch (verdict.code) {
    case "thin": {
      const counted = arms.map(({ letter, counted: { good, n } }) =>
        `${good} of ${n} with ${letter}`
      );
      const until = running && daysToFirst !== null
        ? `, about ${daysToFirst} more ${daysToFirst === 1 ? "day" : "days"}`
        : "";
      const unit = measure.code === "rated" ? "ratings" : "people";
      return [
        `${measureWords(measure).name}: ${listed(counted)}.`,
        `At least ${verdict.needed} ${unit} each are needed before any answer${until}.`,
        ...seen,
      ].join(" ");
    }
    case "unfair":
      return [
        `${splitText(verdict.people)}, ${
          sharesChanged
            ? "which does not fit the shares of their days"
            : `where ${plannedText(arms)} was planned`
        }.`,
        `By chance this happens less than once in ${oneIn(verdict.p)} such experiments.`,
        "Some people are not counted, and they may be the unhappy ones.",
      ].join(" ");
    case "better": {
      const { winner, over, effect, shrunk } = verdict;
      const [least, most] = [points(effect.low), points(effect.high)];
      const [raw, near] = [points(effect.estimate), points(shrunk)];
      return [
        winner === "A"
          ? `With ${over} it is very likely between ${least} and ${most} fewer in 100.`
          : `The true gain is very likely between ${least} and ${most} more in 100.`,
        running
          ? "Looking every day does not weaken this answer, so you may stop now."
          : "Looking every day did not weaken this answer.",
        ...near === raw
          ? []
          : [`First results flatter a little: expect nearer ${near} than ${raw}.`],
      ].join(" ");
    }
    case "no_difference":
      return "As many people as planned were counted. What costs less or is easier to keep is the better choice.";
    case "open":
      return [
        `The true difference is very likely between ${points(verdict.effect.low)} and ${
          points(verdict.effect.high)
        } in 100, so it can be none.`,
        ...seen,
      ].join(" ");
  }
}

function splitText(people: Partial<Record<Letter, number>>): string {
  return listed(
    numbersOf(people).map(([letter, count], i) =>
      `${count.toLocaleString("en")} ${i === 0 ? "people got " : "got "}${letter}`
    ),
  );
}

const EVEN: Readonly<Record<number, string>> = {
  2: "half each",
  3: "a third each",
  4: "a quarter each",
  5: "a fifth each",
};

function plannedText(arms: readonly { share: number }[]): string {
  const even = isEven(arms) ? EVEN[arms.length] : undefined;
  return even ?? `${listed(arms.map(({ share }) => share))} of 100`;
}

/** Shares that are the same but for rounding. */
function isEven(arms: readonly { share: number }[]): boolean {
  const shares = arms.map(({ share }) => share);
  return Math.max(...shares) - Math.min(...shares) <= 1;
}

/** "half of the people each"; "70 and 30% of half of the people". */
export function sharesText(arms: readonly { share: number }[], include: number): string {
  const of = include === 100 ? "the people" : `${partText(include)} of the people`;
  const even = isEven(arms) ? EVEN[arms.length] : undefined;
  return even === undefined
    ? `${listed(arms.map(({ share }) => share))}% of ${of}`
    : `${even.replace(" each", "")} of ${of} each`;
}

function partText(include: number): string {
  return include === 50 ? "half" : include === 25 ? "a quarter" : `${include}%`;
}

/** A chip's words and colour. */
export interface Mark {
  text: string;
  kind: "" | "good" | "warn" | "bad" | "acc";
}

export function verdictMark(verdict: ExperimentVerdict, over: boolean): Mark {
  switch (verdict.code) {
    case "better":
      return { text: "Clear answer", kind: "good" };
    case "unfair":
      return { text: "Cannot be trusted", kind: "bad" };
    case "no_difference":
      return { text: "No difference found", kind: "" };
    case "thin":
    case "open":
      return { text: over ? "No answer" : "No answer yet", kind: "" };
  }
}
