import type { FormDraft } from "../../drafts/kept_draft.ts";

const NAMES: Readonly<Record<string, string>> = {
  systemPrompt: "prompt",
  maxTokens: "longest reply",
  active: "who may use it",
  ceiling: "budget",
  downgradeFrom: "cheaper model",
  fallbackModel: "cheaper model",
  clamp: "shorter replies",
  starters: "questions to start with",
  keyTerms: "names and terms",
  remembers: "memory",
  keepsRecordings: "recordings",
  language: "language of the texts",
  hearingModel: "model that hears recordings",
  whatsapp: "WhatsApp",
  whatsappScope: "purpose on WhatsApp",
};
const MOST = 3;

/** Names what differs between two states of the form: "Prompt and longest reply changed." */
export function changedFields(before: FormDraft, now: FormDraft): string {
  const changed = [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((field) => before[field] !== now[field])
    .map((field) => field.replace(/^(choose|together)-/, ""))
    .map((field) =>
      field.startsWith("example")
        ? "examples"
        : field.startsWith("in-")
        ? "texts in other languages"
        : NAMES[field] ?? field
    );
  const names = [...new Set(changed)];
  if (names.length === 0) return "";
  const shown = names.length > MOST ? [...names.slice(0, MOST - 1), "more"] : names;
  const list = shown.length === 1
    ? shown.join()
    : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
  return `${list[0]?.toUpperCase()}${list.slice(1)} changed.`;
}
