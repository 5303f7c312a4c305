import type {
  ExperimentHead,
  GuardCode,
  Letter,
  ToolPlace,
} from "../../../shared/views/experiment_view.ts";
import { type Mark, verdictMark } from "./verdicts.ts";

export const EXPERIMENT_LIST = {
  title: "Experiments",
  lead: "Two to five versions of a tool, each for a part of the people. One can run per tool.",
  import: "Import",
  plan: "Plan an experiment",
  /** In the menus of a tool. */
  start: "Start an experiment",
  running: "Running",
  waiting: "Drafts and paused",
  ended: "Ended",
  /** Before and after the link to the golden conversations. */
  others: "For the others,",
  golden: "golden conversations",
  goldenFirst: "Golden conversations",
  /** Of a tool in the bin. */
  toBin: "To the bin",
  afternoon: "answer in an afternoon what an experiment answers in months.",
  none: "No experiment yet.",
  noneAbout:
    "Two to five versions of a tool run side by side, until one is clearly better or no difference is found.",
} as const;

/** After the name of the experiment, in the editor of its tool. */
export const RUNNING_NOTICE =
  "runs with this tool. Whoever takes part keeps their version until it ends; what you save here is for everybody else, and for all after it.";

/** The chip of an experiment in the list. */
export function headMark({ state, verdict, promoted }: ExperimentHead): Mark {
  if (state === "draft") return { text: "Draft", kind: "" };
  if (state === "paused") return { text: "Paused", kind: "warn" };
  if (promoted) return { text: promotedText(promoted), kind: "acc" };
  return verdict ? verdictMark(verdict, state === "ended") : { text: "No answer yet", kind: "" };
}

export function promotedText({ letter, version }: { letter: Letter; version: number }): string {
  return `${letter} became version ${version}`;
}

/** The chip beside an experiment's name. */
export function stateMark({ state, day, promoted }: ExperimentHead): Mark {
  switch (state) {
    case "draft":
      return { text: "Draft", kind: "" };
    case "running":
      return { text: `Running, day ${day}`, kind: "acc" };
    case "paused":
      return { text: "Paused", kind: "warn" };
    case "ended":
      return promoted
        ? { text: `Ended: ${promotedText(promoted)}`, kind: "acc" }
        : { text: "Ended", kind: "" };
  }
}

/** Why nobody uses the tool of an experiment. */
export function toolAwayText(place: ToolPlace): string {
  return place === "bin"
    ? "Its tool is in the bin, so nobody uses it."
    : "Its tool is deleted, so nobody uses it.";
}

/** What can be done with a draft whose tool is away. */
export function draftAwayText(place: ToolPlace): string {
  return place === "bin"
    ? "Take the tool back to go on with this plan, or delete the plan."
    : "This plan can only be deleted.";
}

/** Why an experiment was paused by itself. */
export const GUARD_TEXTS: Readonly<Record<GuardCode, (letter: Letter) => string>> = {
  errors: (letter) => `${letter} failed clearly more often than A`,
  cost: (letter) => `${letter} costs at least twice as much as A`,
  measure: (letter) => `${letter} is clearly worse than A`,
};

/** "Paused by Ben on 20 November. Everybody gets version 4." */
export function pausedText(
  { pause, tool }: Pick<ExperimentHead, "pause" | "tool">,
  on: string,
): string {
  const now = tool.place === "tools" ? `Everybody gets version ${tool.version}.` : "";
  if (pause === null) return now;
  const paused = pause.code === "admin"
    ? `Paused by ${pause.by} on ${on}.`
    : `Paused by itself on ${on}: ${GUARD_TEXTS[pause.guard](pause.letter)}.`;
  return `${paused} ${now}`.trim();
}

/** "day 48", "ended 3 October after 60 days" and the like, of a row in the list. */
export function rowMeta(head: ExperimentHead, endedOn: string | null): string {
  const { state, tool, day, people, imported } = head;
  const parts = [tool.name, ...TOOL_PLACES[tool.place]];
  if (state === "draft") return [...parts, ...imported ? ["imported from a file"] : []].join(" · ");
  if (state === "ended") {
    parts.push(`ended ${endedOn ?? ""} after ${day} ${day === 1 ? "day" : "days"}`);
  } else parts.push(`day ${day}`);
  return [...parts, peopleText(people)].join(" · ");
}

export function peopleText(people: number): string {
  return people === 1 ? "1 person" : `${people.toLocaleString("en")} people`;
}

const TOOL_PLACES: Readonly<Record<ToolPlace, string[]>> = {
  tools: [],
  bin: ["in the bin"],
  gone: ["deleted"],
};

export function draftLine({ weeks, tool }: Pick<ExperimentHead, "weeks" | "tool">): string {
  if (tool.place !== "tools") return toolAwayText(tool.place);
  return weeks === null
    ? "How long it would take cannot be said: nobody used the tool in the last four weeks."
    : `Would need about ${weeksText(weeks)}.`;
}

export function weeksText(weeks: number): string {
  return weeks === 1 ? "1 week" : `${weeks.toLocaleString("en")} weeks`;
}

export function busyText(tools: number): string {
  if (tools === 0) return "No tool has more than 200 people a month.";
  return tools === 1
    ? "One tool has more than 200 people a month."
    : `${tools} tools have more than 200 people a month.`;
}
