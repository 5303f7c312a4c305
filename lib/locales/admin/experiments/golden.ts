import type { NanoUsd } from "../../../shared/money.ts";
import type {
  Comparison,
  GoldenRunView,
  GoldenSummary,
  SideView,
} from "../../../shared/views/golden_view.ts";
import { counter } from "../../plurals.ts";
import { centsText } from "./report.ts";
import type { Mark } from "./verdicts.ts";

const counted = counter("en");
const examples = (count: number) => counted(count, { one: "# example", other: "# examples" });

export const GOLDEN = {
  title: "Golden conversations",
  lead: "Example questions with what a good answer has. Run them before you save a tool.",
  tool: "Tool",
  show: "Show",
  add: "New example",
  none: "Write five questions that people really ask, and what a good answer has.",
  noneAbout:
    "Below some 200 people a month this is the better way: it answers in an afternoon what an experiment answers in months.",
  noTool: "There is no tool yet.",
  removedMeanwhile:
    "This example was removed in the meantime. What you typed is below: saving it makes a new one.",
  theirs: "As it is saved now",
  toolGone: "This tool is no longer available. It may be in the bin.",
  question: "Question",
  questionHint: "As a person would ask it.",
  expects: "A good answer",
  expectsHint:
    "What it says, asks or leaves out. People read this when they judge, and so does a model that judges.",
  earlier: "Said before",
  person: "Person",
  reply: "Reply",
  taken:
    "Taken from a person's conversation. When that is deleted, this example and all replies to it go too.",
  save: "Save example",
  remove: "Remove",
  saved: "Saved.",
  removed: "Removed.",
  editing: "Example",
  adding: "New example",
  judgedBy: "Judged by",
  model: "Model",
  lastRun: "Last run",
  runs: "Runs",
  runTitle: "Run the examples",
  against: "Compare the version in use with",
  models: "Another model",
  versions: "An earlier version",
  variants: "A variant",
  price: "Show its price",
  byModelHint:
    "You judge each pair blind. A model that judges too is marked as such: it reads each pair in both orders; where it is of two minds, they count as the same.",
  stop: "Stop",
  resume: "Go on",
  removeRun: "Delete run",
  runRemoved: "The run is deleted. Its cost stays in the books.",
  look: "Look again",
  judgeBlind: "Judge blind yourself",
  judgeAgain: "Judge again",
  notYet: "Not judged",
  failed: "No reply came",
  stopped: "It was stopped. What it made is kept.",
  stoppedByBudget: "It stopped because a budget had no room left. What it made is kept.",
  stoppedByFault:
    "It stopped because of a fault, which is in the server's log. What it made is kept.",
  stoppedWithTool:
    "It stopped because its tool was deleted. What it made is kept as long as the tool is in the bin.",
  opensAt: "The budget opens again at",
  interrupted: "It was interrupted when the server restarted. What it made is kept.",
  withoutRoom: "A run also stops when a budget has no room left.",
  which: "Which reply is better?",
  blind: "You do not see which version wrote which. Left and right change from one to the next.",
  asks: "A person asks",
  leftSide: "Left",
  rightSide: "Right",
  left: "Left is better",
  same: "Same",
  right: "Right is better",
  undo: "Undo",
  skip: "Skip",
  allJudged: "You have judged all of them.",
  nonePairs: "There is no pair of replies to judge.",
  pairsComing: "The next pair is not ready yet.",
  result: "See the result",
  outcome: "Result",
  draft: "Golden conversations",
  draftNone: "There are no example questions for this tool yet.",
  write: "Write some",
  changedSince: "The draft has changed since this run.",
  make: "Make an example",
} as const;

const COMPARISONS: Readonly<Record<Comparison, Mark>> = {
  better: { text: "Better", kind: "good" },
  same: { text: "Same", kind: "" },
  worse: { text: "Worse", kind: "bad" },
};

export function comparisonMark(comparison: Comparison | null): Mark {
  return comparison === null ? { text: GOLDEN.notYet, kind: "" } : COMPARISONS[comparison];
}

/** A side in a sentence's middle: "version 12", "draft 13". */
export function sideName(side: SideView): string {
  switch (side.code) {
    case "version":
      return `version ${side.version}`;
    case "draft":
      return `draft ${side.version}`;
    case "variant":
      return `variant ${side.letter}`;
    case "model":
      return side.model;
  }
}

/** A choice of a run: "version 11", "gpt-6-luna", "variant B of Shorter answers". */
export function choiceName(side: SideView, experiment: string): string {
  return side.code === "variant" ? `${sideName(side)} of ${experiment}` : sideName(side);
}

/** "Draft 13 against version 12" */
export function sidesText({ a, b }: GoldenRunView["sides"]): string {
  const text = `${sideName(b)} against ${sideName(a)}`;
  return b.code === "model" ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

/** The condition of a run, in two or three words. */
export function runMark({ state, summary: { better, worse, clear, open } }: RunWord): Mark {
  if (state === "running") return { text: "Running", kind: "acc" };
  if (state !== "done") return { text: "Not complete", kind: "warn" };
  if (better + worse === 0) return { text: open > 0 ? "Not judged" : "No difference", kind: "" };
  if (!clear) return { text: "Not clear", kind: "warn" };
  return better > worse
    ? { text: "Clearly better", kind: "good" }
    : { text: "Clearly worse", kind: "bad" };
}

type RunWord = Pick<GoldenRunView, "state" | "summary" | "sides">;

/** The sign test of a run as a sentence that needs no statistics. */
export function runSentence({ sides, summary }: RunWord): string {
  const { better, worse, same, clear, clearFrom, open } = summary;
  const name = sideName(sides.b);
  const who = sides.b.code === "model" ? name : `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const differ = better + worse;
  if (differ === 0) {
    return same === 0
      ? `${examples(open)} ${open === 1 ? "waits" : "wait"} to be judged.`
      : `No difference in ${examples(same)}.`;
  }
  const won = better >= worse;
  const result = `${who} ${won ? "won" : "lost"} ${won ? better : worse} of ${differ}${
    same > 0 ? `, and ${same} ${same === 1 ? "was" : "were"} the same` : ""
  }.`;
  if (clear) return `${result} By chance alone this is rare.`;
  const more = clearFrom === null
    ? "With so few, nothing would be clear."
    : `${clearFrom} of ${differ} would be clear.`;
  return `${result} That could still be chance: ${more.charAt(0).toLowerCase()}${more.slice(1)}`;
}

/** The word of a run about a draft: "2 of 14 got worse". */
export function draftSentence({ worse, better, same }: GoldenSummary): string {
  const judged = worse + better + same;
  if (judged === 0) return "Nothing is judged yet.";
  if (worse > 0) return `${worse} of ${judged} got worse`;
  return better > 0 ? `${better} of ${judged} got better, none worse` : "All the same";
}

/** What the save bar says of a run; "" when nothing got worse. */
export function barSentence({ worse, better, same }: GoldenSummary): string {
  return worse === 0 ? "" : `${worse} of ${worse + better + same} golden conversations got worse`;
}

export function progressText({ made, total }: Pick<GoldenRunView, "made" | "total">): string {
  return `${made} of ${total} replies are there.`;
}

/** "Sign test p .15"; three digits where they matter. */
export function signTestText(p: number | null): string {
  if (p === null) return "";
  if (p < 0.001) return "Sign test p below .001";
  return `Sign test p ${p.toFixed(p < 0.1 ? 3 : 2).replace(/^0/, "")}`;
}

export function countText(count: number): string {
  return examples(count);
}

/** "Run against version 12 · 6¢" */
export function runButton(name: string, cost: NanoUsd | null): string {
  return `Run against ${name}${priceEnd(cost)}`;
}

/** "Let a model judge too · 9¢" */
export function judgedButton(cost: NanoUsd | null): string {
  return `Let a model judge too${priceEnd(cost)}`;
}

const priceEnd = (cost: NanoUsd | null) => cost === null ? "" : ` · ${centsText(cost)}`;

/** "Run 14 examples: 6¢", "Run again: 6¢" */
export function draftButton(count: number, cost: NanoUsd | null, again: boolean): string {
  const price = cost === null ? "" : `: ${centsText(cost)}`;
  return `${again ? "Run again" : `Run ${examples(count)}`}${price}`;
}

/** A run of this draft costs something else than was shown. */
export function newPriceText(model: string, cost: NanoUsd | null): string {
  const price = cost === null
    ? "The price of a run is not known"
    : `A run costs ${centsText(cost)}`;
  return `${price} with ${model}. Press the button again to run.`;
}

/** "This draft against version 12, judged by gpt-6-sol, a model. 9 the same, 3 better." */
export function draftAboutText({ sides, judgeModel, summary }: GoldenRunView): string {
  const judged = judgeModel === null ? "" : `, judged by ${judgeModel}, a model`;
  const { same, better } = summary;
  const counts = same + better === 0 ? "" : ` ${same} the same, ${better} better.`;
  return `This draft against ${sideName(sides.a)}${judged}.${counts}`;
}

export function sideCostText(cost: NanoUsd): string {
  return `One run of all costs about ${centsText(cost)} for each version.`;
}

/** "It has cost 6¢." With replies that were lost: "It has cost 6¢, 1¢ of it for lost replies." */
export function spentText({ spent, lost }: Pick<GoldenRunView, "spent" | "lost">): string {
  const part = lost === 0n ? "" : `, ${centsText(lost)} of it for replies that were lost`;
  return `It has cost ${centsText(spent)}${part}.`;
}

/** Why a run is not complete; "" when it is, or runs. */
export function stopText({ state, stop }: Pick<GoldenRunView, "state" | "stop">): string {
  if (state === "interrupted") return GOLDEN.interrupted;
  if (state !== "stopped") return "";
  if (stop === null) return GOLDEN.stopped;
  switch (stop.code) {
    case "budget":
      return GOLDEN.stoppedByBudget;
    case "fault":
      return GOLDEN.stoppedByFault;
    case "tool":
      return GOLDEN.stoppedWithTool;
    case "price":
      return `It stopped because ${stop.model} no longer has a price. What it made is kept. Set one under Prices, then go on.`;
  }
}

/** "Judged blind by ruth@example.org and ben@example.org." */
export function judgedByText(
  { judges, judgeModel }: Pick<GoldenRunView, "judges" | "judgeModel">,
): string {
  const blind = new Intl.ListFormat("en").format(judges);
  const model = judgeModel === null ? "" : `Judged by ${judgeModel}, a model.`;
  return [judges.length === 0 ? "" : `Judged blind by ${blind}.`, model].join(" ").trim();
}

export function placeText(place: number, total: number): string {
  return `${place} of ${total}`;
}
