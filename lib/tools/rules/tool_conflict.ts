import { FIELD_VALUES, TOOL_FIELD_LABELS } from "../../locales/admin/tools.ts";
import { LANGUAGE_NAMES } from "../../shared/languages.ts";
import {
  type BothChanged,
  type JoinedChange,
  type ToolFields,
  TRANSLATED_FIELDS,
} from "../../shared/views/tool_admin_view.ts";
import { mergeTexts, textParts } from "./text_merge.ts";
import { FIELD_NAMES, withFields } from "./tool_merge.ts";

/** Fields whose two texts can be edited together. */
const TEXTS = [
  "name",
  "description",
  "systemPrompt",
  "starters",
  "keyTerms",
  "whatsappScope",
] as const;
/** Most characters of a value in the list of changes that fit together. */
const LONGEST = 140;
/** Characters before the first difference of two long values. */
const AHEAD = 30;

/** The fields' names in a form that chooses between two versions. */
export const chooseField = (name: string) => `choose-${name}`;
export const togetherField = (name: string) => `together-${name}`;

/** The fields with the choice for each that both changed; without a choice mine stay. */
export function withChoices(
  mine: ToolFields,
  theirs: ToolFields,
  get: (name: string) => string,
): ToolFields {
  const taken = FIELD_NAMES.filter((name) => get(chooseField(name)) === "theirs");
  const edited = TEXTS.filter((name) => get(chooseField(name)) === "together");
  return {
    ...withFields(mine, theirs, taken),
    ...Object.fromEntries(edited.map((name) => [name, get(togetherField(name))])),
  };
}

/** A field that both changed, with the differences of either side. */
export function bothChanged(
  field: keyof ToolFields,
  base: ToolFields | null,
  theirs: ToolFields,
  mine: ToolFields,
): BothChanged {
  const [left, right] = [valueOf(theirs, field), valueOf(mine, field)];
  const before = base && valueOf(base, field);
  const merged = TEXTS.some((name) => name === field)
    ? mergeTexts(before ?? "", left, right)
    : null;
  return {
    field,
    label: TOOL_FIELD_LABELS[field],
    before,
    theirs: textParts(before ?? left, left),
    yours: textParts(before ?? left, right),
    together: merged && merged.text,
    fits: before !== null && merged !== null && merged.fits,
  };
}

/** The fields that only one side changed. */
export function joinedChanges(
  base: ToolFields | null,
  theirs: ToolFields,
  mine: ToolFields,
): JoinedChange[] {
  if (base === null) return [];
  return FIELD_NAMES.flatMap((field) => {
    const [was, left, right] = [base, theirs, mine].map((side) => valueOf(side, field));
    if (was === undefined || left === undefined || right === undefined || left === right) return [];
    if (left !== was && right !== was) return [];
    const yours = right !== was;
    const [before, after] = excerpts(was, yours ? right : left);
    return [{ label: TOOL_FIELD_LABELS[field], before, after, yours }];
  });
}

function valueOf(fields: ToolFields, field: keyof ToolFields): string {
  const value = fields[field];
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? FIELD_VALUES.yes : FIELD_VALUES.no;
  if (field === "translations") {
    return fields.translations.map(({ language, ...texts }) => {
      const given = TRANSLATED_FIELDS.map((name) => texts[name]).filter((text) => text !== "");
      return given.length === 0 ? "" : [LANGUAGE_NAMES[language], ...given].join("\n");
    }).filter((text) => text !== "").join("\n\n");
  }
  return fields.examples.filter(({ question, answer }) => question !== "" || answer !== "")
    .map(({ question, answer }) => FIELD_VALUES.example(question, answer)).join("\n\n");
}

/** Two values, cut to the place where they begin to differ. */
function excerpts(before: string, after: string): [string, string] {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  const long = Math.max(before.length, after.length) > LONGEST;
  const from = long ? Math.max(0, same - AHEAD) : 0;
  const cut = (text: string) =>
    (from > 0 ? "…" : "") + text.slice(from, from + LONGEST).toWellFormed() +
    (text.length > from + LONGEST ? "…" : "");
  return [cut(before), cut(after)];
}
