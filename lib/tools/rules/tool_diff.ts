import { TOOL_LABELS } from "../../locales/admin/tools.ts";
import { diffLines } from "diff";
import { usdString } from "../../shared/money.ts";
import type { DiffLine, FieldChange } from "../../shared/views/tool_admin_view.ts";
import { LANGUAGE_NAMES } from "../../shared/languages.ts";
import { type Tool, translationsOf } from "./tool.ts";

/** Unchanged lines shown around a change. */
const CONTEXT = 3;
/** Edit distance at which the search for the shortest diff is given up. */
const MOST_EDITS = 2_000;

type Shown = [field: keyof typeof TOOL_LABELS, text: (tool: Tool) => string];

/** All content fields, in readable form. */
const FIELDS: Shown[] = [
  ["name", (tool) => tool.name],
  ["description", (tool) => tool.description],
  ["icon", (tool) => tool.icon],
  ["group", (tool) => tool.group],
  ["systemPrompt", (tool) => tool.systemPrompt],
  ["model", (tool) => tool.model],
  ["effort", ({ effort }) => effort ?? "the least"],
  ["pictureDetail", (tool) => tool.pictureDetail],
  ["temperature", (tool) => String(tool.temperature)],
  ["maxTokens", (tool) => `${tool.maxTokens} tokens`],
  ["active", (tool) => tool.active ? "yes" : "no"],
  ["order", (tool) => String(tool.order)],
  [
    "ceiling",
    ({ ceiling }) => ceiling === null ? "none" : `$${usdString(ceiling)}`,
  ],
  ["fallbackModel", (tool) => tool.fallbackModel ?? "chosen by the program"],
  ["chain", chainText],
  ["ladder", degradationText],
  ["starters", (tool) => tool.starters.join("\n")],
  ["keyTerms", (tool) => tool.keyTerms.join("\n")],
  ["remembers", (tool) => tool.remembers ? "yes" : "no"],
  ["keepsRecordings", (tool) => tool.keepsRecordings ? "yes" : "no"],
  ["hearingModel", (tool) => tool.hearingModel ?? "none"],
  [
    "whatsapp",
    ({ whatsapp }) => `${whatsapp.enabled ? "on" : "off"}\n${whatsapp.scope}`,
  ],
  ["examples", examplesText],
  ["greeting", (tool) => tool.greeting],
  ["language", (tool) => LANGUAGE_NAMES[tool.language]],
  ["texts", translationsText],
];

/** Changed fields between two states of a tool, except its version. */
export function changesBetween(before: Tool, after: Tool): FieldChange[] {
  return FIELDS.flatMap(([field, text]) => {
    const [old, now] = [text(before), text(after)];
    if (old === now) return [];
    const lines = old.includes("\n") || now.includes("\n") || field === "systemPrompt"
      ? lineDiff(old, now)
      : null;
    return [{ field, label: TOOL_LABELS[field], before: old, after: now, lines }];
  });
}

/** Line diff of two texts; long unchanged stretches are left out. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const parts = diffLines(before, after, { maxEditLength: MOST_EDITS, newlineIsToken: false }) ??
    [{ value: before, removed: true, added: false }, { value: after, added: true, removed: false }];
  return parts.flatMap(({ value, added, removed }, i) => {
    const lines = linesOf(value);
    if (added || removed) {
      return lines.map((text): DiffLine => ({ kind: added ? "added" : "removed", text }));
    }
    return shortened(lines, i === 0, i === parts.length - 1);
  });
}

function linesOf(value: string): string[] {
  if (value === "") return [];
  return (value.endsWith("\n") ? value.slice(0, -1) : value).split("\n");
}

function shortened(lines: string[], first: boolean, last: boolean): DiffLine[] {
  const same = (texts: string[]) => texts.map((text): DiffLine => ({ kind: "same", text }));
  const head = first ? 0 : CONTEXT;
  const tail = last ? 0 : CONTEXT;
  const left = lines.length - head - tail;
  if (left <= 1) return same(lines);
  return [
    ...same(lines.slice(0, head)),
    { kind: "skipped", text: `${left} lines without a change` },
    ...same(lines.slice(lines.length - tail)),
  ];
}

function chainText({ chain }: Tool): string {
  if (chain === null) return "the organisation's";
  return chain.length === 0 ? "none" : chain.join(", ");
}

function degradationText({ ladder }: Tool): string {
  const cheaper = ladder.downgradeFrom === null
    ? "never the cheaper model"
    : `cheaper model from ${ladder.downgradeFrom}%`;
  return `${cheaper}, ${ladder.clamp ? "then shorter replies" : "never shorter replies"}`;
}

function translationsText(tool: Tool): string {
  return translationsOf(tool).map(([language, { name, description, greeting, starters, group }]) =>
    [LANGUAGE_NAMES[language], name, description, greeting, ...starters, group]
      .filter((text) => text !== "").join("\n")
  ).join("\n\n");
}

function examplesText({ examples }: Tool): string {
  return examples.map(({ question, answer }) => `Question: ${question}\nReply: ${answer}`)
    .join("\n\n");
}
