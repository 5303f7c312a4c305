import { LANGUAGE_NAMES } from "../../../../lib/shared/languages.ts";
import type { ToolFields } from "../../../../lib/shared/views/tool_admin_view.ts";

/** Names of the reasoning efforts, least first. */
export const EFFORT_NAMES: Readonly<Record<string, string>> = {
  none: "none",
  minimal: "minimal",
  low: "low",
  medium: "medium",
  high: "high",
  xhigh: "very high",
  max: "the most",
};

/** What each section of the editor says of its fields in one line. */
export const SECTION_VALUES = {
  model: ({ model, effort, pictureDetail, temperature, hearingModel }: ToolFields) =>
    [
      model || "none",
      effort && `effort ${EFFORT_NAMES[effort] ?? effort}`,
      pictureDetail === "high" && "pictures in detail",
      `temperature ${temperature}`,
      hearingModel && `recordings heard by ${hearingModel}`,
    ].filter(Boolean).join(" · "),
  people({ icon, name, starters }: ToolFields) {
    const questions = starters.split("\n").filter((line) => line.trim() !== "").length;
    const counted = questions === 1 ? "1 question" : `${questions || "no"} questions`;
    return `${[icon, name || "no name yet"].join(" ").trim()} · ${counted} to start with`;
  },
  active: ({ active }: ToolFields) =>
    active ? "Everybody with the address" : "Nobody: it is switched off",
  budget({ ceiling, downgradeFrom }: ToolFields) {
    if (ceiling === "") return "No limit a day";
    return downgradeFrom === ""
      ? `$${ceiling} a day`
      : `$${ceiling} a day · cheaper model from ${downgradeFrom}%`;
  },
  examples({ examples }: ToolFields) {
    const used = examples.filter(({ question }) => question !== "").length;
    return used === 0 ? "None" : used === 1 ? "1 example" : `${used} examples`;
  },
  translations({ translations, language }: ToolFields) {
    const names = translations.filter((each) => each.language !== language && each.name !== "")
      .map((each) => LANGUAGE_NAMES[each.language]);
    return names.length === 0 ? "None" : names.join(", ");
  },
  memory: ({ remembers }: ToolFields) =>
    remembers ? "Remembers conversations for 30 days" : "Remembers nothing",
  recordings: ({ keepsRecordings }: ToolFields) =>
    keepsRecordings ? "Kept with their messages" : "Kept where people say so",
  whatsapp: ({ whatsapp, whatsappScope }: ToolFields) =>
    !whatsapp ? "Off" : whatsappScope === "" ? "On, without a purpose" : `On · ${whatsappScope}`,
} as const;

/** Whether one of the fields has something to show, so that its section opens. */
export function isMarked(marked: readonly string[], ...fields: string[]): boolean {
  return fields.some((field) => marked.includes(field));
}
