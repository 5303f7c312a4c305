import type {
  ExperimentFields,
  Letter,
  Measure,
  PlanForecast,
} from "../../../shared/views/experiment_view.ts";
import { weeksText } from "./heads.ts";
import { points } from "./verdicts.ts";

export const PLAN = {
  title: "Plan an experiment",
  chooseTool: "Which tool is it about?",
  noTools: "There is no tool yet.",
  name: "Name",
  nameHint: "What you try, such as “Ask before judging”.",
  versions: "Versions",
  version: "Version",
  whatDiffers: "What differs",
  share: "Share, %",
  asItIs: "As it is now",
  add: "Add a version",
  upTo: "Up to five. Each more needs more people.",
  prompt: "Prompt",
  promptHint: "Begins as the prompt of today.",
  model: "Model",
  modelHint: "Dollars for a million tokens, in and out.",
  effort: "Effort",
  effortHint: "For models that think before they write.",
  temperature: "Temperature",
  temperatureHint: "Models that think first ignore it.",
  longest: "Longest reply",
  longestHint: "In tokens. 1,000 are about 750 English words.",
  counts: "What counts",
  measure: "Measure",
  phrase: "Phrase",
  turns: "Messages, at least",
  include: "People included",
  ends: "Ends",
  guard: "Pause by itself if a version gets clearly worse",
  guardHint: "More errors, twice the cost, or the measure clearly lower",
  find: "What you would find",
  seen: "Smallest gain you would see",
  seenIn: "In",
  seenGain: "You would see",
  never: "None",
  again: "Reckon again",
  golden: "golden conversations",
  saveDraft: "Save draft",
  start: "Start experiment",
  remove: "Delete draft",
  wrong: "Not saved yet: something has to be put right.",
  notSaved:
    "What you typed is below and not saved. Save it to replace that change, or open the draft again to see it.",
  putBack: "What you typed in this browser is back in the form. It is not saved yet.",
  hasStarted:
    "This experiment has started meanwhile, so its plan stays as it is. What you typed is below, to copy.",
  openReport: "Open its report",
  saved: "Saved as a draft. Nobody sees it before you start it.",
  changed: "Shares changed. Nobody who takes part was moved.",
  paused: "Paused. Everybody gets the tool as it is.",
  resumed: "It runs again. Everybody keeps their version.",
  unguarded: "It does not pause by itself any more: you decided otherwise.",
  ended: "Ended. Everybody gets the tool as it is.",
  promoted: "It is the tool now, as a new version. The versions before stay in the history.",
  deleted: "The draft is deleted.",
  started: "Started. New people are split from now on.",
  more: (name: string) => `More for “${name}”`,
} as const;

/** The measures to choose from, with what each counts. */
export const MEASURES: readonly { code: Measure["code"]; name: string; about: string }[] = [
  { code: "rated", name: "Rated good", about: "One rating per person." },
  { code: "return", name: "Comes back within a day", about: "Writes again 1 to 24 hours later." },
  { code: "phrase", name: "Says a phrase", about: "Such as “thank you” or “we chose”." },
  { code: "link", name: "Opens a link", about: "A link in a reply, on the page." },
  { code: "export", name: "Exports", about: "Downloads the conversation." },
  { code: "turns", name: "Writes on", about: "At least so many messages." },
];

export const INCLUDES: readonly [percent: string, name: string][] = [
  ["100", "Everybody"],
  ["50", "Half"],
  ["25", "A quarter"],
  ["10", "One in ten"],
];

export const ENDS: readonly [days: string, name: string][] = [
  ["", "When I end it"],
  ["14", "After 14 days"],
  ["30", "After 30 days"],
  ["60", "After 60 days"],
  ["90", "After 90 days"],
];

export const includeText = (percent: string): string => `${percent}%`;
export const endsText = (days: string): string => `After ${days} days`;

export const shareOf = (letter: Letter): string => `Share of ${letter}`;
export const differsIn = (letter: Letter): string => `What differs in ${letter}`;
export const ownTitle = (letter: Letter): string => `${letter} in full`;
export const removeVariant = (letter: Letter): string => `Remove ${letter}`;
export const versionOf = (letter: Letter, version: number): string =>
  letter === "A" ? `A · version ${version}` : `${letter} · draft`;

/** "70 of 100 today" */
export const rateTodayText = (rate: number): string => `${points(rate)} of 100 today`;

/** What a forecast counts: ratings, or people reckoned from replies. */
const unitsOf = ({ basis }: PlanForecast): string => basis === "ratings" ? "ratings" : "people";

const paceText = (forecast: PlanForecast): string => {
  const { perWeek } = forecast;
  const pace = perWeek < 1 ? "less than one" : Math.round(perWeek).toLocaleString("en");
  return `at ${pace} ${unitsOf(forecast)} a week`;
};

const noneText = (forecast: PlanForecast): string =>
  `no ${unitsOf(forecast)} in the last four weeks`;

/** "At 40 ratings a week this takes about 10 weeks", or why nothing can be said. */
export function forecastText(forecast: PlanForecast): string {
  const { weeks } = forecast;
  return weeks === null
    ? `There were ${noneText(forecast)}, so nobody can say how long it takes.`
    : `A${paceText(forecast).slice(1)} this takes about ${weeksText(weeks)}`;
}

/** "to see 70 become 85 of 100" */
export function forecastAim({ rate, target }: PlanForecast): string {
  return rate === null
    ? `to see 50 become ${points(target)} of 100. Today's rate is not known yet.`
    : `to see ${points(rate)} become ${points(target)} of 100.`;
}

/** "A month", "5 months" */
export function spanText(weeks: number): string {
  const months = Math.round(weeks / 4.345);
  return months <= 1 ? "A month" : `${months} months`;
}

export const gainText = (gain: number | null): string =>
  gain === null ? "Nothing" : `+${points(gain)} in 100`;

export const quietText = (quiet: boolean): [before: string, after: string] =>
  quiet
    ? ["With so few people,", "are the better way: 20 examples, judged blind, about 40 minutes."]
    : ["Sooner still:", "judged blind, before anybody sees the new version."];

export function plannedNote(forecast: PlanForecast): string {
  const units = forecast.basis === "ratings" ? "people who rate" : "people";
  return [
    "Each person keeps their version until the end, on the page and on WhatsApp.",
    ...forecast.basis === "replies" ? ["How many people come is reckoned from the replies."] : [],
    `Planned for ${forecast.planned.toLocaleString("en")} ${units} in all, fixed when it starts.`,
    "Five per cent false alarms over the whole run, however often you look.",
  ].join(" ");
}

/** The save bar: "About 10 weeks", "at 40 ratings a week". */
export function barText(forecast: PlanForecast): [main: string, about: string] {
  const { weeks } = forecast;
  return weeks === null
    ? ["No forecast", noneText(forecast)]
    : [`About ${weeksText(weeks)}`, paceText(forecast)];
}

/** A variant's own fields in a line: "gpt-6-luna · 2,000 tokens". */
export function ownValues(
  { model, maxTokens, systemPrompt }: ExperimentFields["variants"][number],
  base: ExperimentFields["variants"][number] | undefined,
): string {
  const parts = [model, `${maxTokens} tokens`];
  if (base) parts.unshift(systemPrompt === base.systemPrompt ? "Same prompt" : "Own prompt");
  return parts.filter(Boolean).join(" · ");
}
