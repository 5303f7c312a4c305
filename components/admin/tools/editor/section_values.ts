import type { ToolFields } from "../../../../lib/shared/views/tool_admin_view.ts";

/** What each section of the editor says of its fields in one line. */
export const SECTION_VALUES = {
  model: ({ model, temperature, maxTokens }: ToolFields) =>
    `${model || "none"} · temperature ${temperature} · replies up to ${maxTokens} tokens`,
  people({ icon, name, starters }: ToolFields) {
    const questions = starters.split("\n").filter((line) => line.trim() !== "").length;
    const counted = questions === 1 ? "1 question" : `${questions || "no"} questions`;
    return `${[icon, name || "no name yet"].join(" ").trim()} · ${counted} to start with`;
  },
  active: ({ active }: ToolFields) =>
    active ? "Everybody with the address" : "Nobody: it is switched off",
  budget({ ceiling, downgradeFrom, clamp }: ToolFields) {
    if (ceiling === "") return "No limit a day";
    return [
      `$${ceiling} a day`,
      downgradeFrom && `cheaper model from ${downgradeFrom}%`,
      clamp && "shorter replies near its end",
    ].filter(Boolean).join(" · ");
  },
  examples({ examples }: ToolFields) {
    const used = examples.filter(({ question }) => question !== "").length;
    return used === 0 ? "None" : used === 1 ? "1 example" : `${used} examples`;
  },
  whatsapp: ({ whatsapp, whatsappScope }: ToolFields) =>
    !whatsapp ? "Off" : whatsappScope === "" ? "On, without a purpose" : `On · ${whatsappScope}`,
} as const;

/** Whether one of the fields has something to show, so that its section opens. */
export function isMarked(marked: readonly string[], ...fields: string[]): boolean {
  return fields.some((field) => marked.includes(field));
}
