import type { ToolFields } from "../../shared/views/tool_admin_view.ts";

/** What becomes of a form when somebody else saved the same tool since it was opened. */
export interface Merged {
  /** Each field as the one who changed it wrote it; mine where both did. */
  fields: ToolFields;
  /** Fields that both changed, differently. */
  conflicts: (keyof ToolFields)[];
}

const NAMES = [
  "name",
  "description",
  "icon",
  "systemPrompt",
  "model",
  "temperature",
  "maxTokens",
  "active",
  "ceiling",
  "fallbackModel",
  "downgradeFrom",
  "clamp",
  "starters",
  "whatsapp",
  "whatsappScope",
  "examples",
] as const satisfies readonly (keyof ToolFields)[];

/**
 * Three-way merge, field by field: what I did not touch stays theirs.
 * @param base what both began with; null when it is not known, so that whatever differs is a conflict
 */
export function mergeFields(
  base: ToolFields | null,
  theirs: ToolFields,
  mine: ToolFields,
): Merged {
  const changed = (name: keyof ToolFields, of: ToolFields) =>
    base === null || !same(of[name], base[name]);
  const own = NAMES.filter((name) => !same(mine[name], theirs[name]) && changed(name, mine));
  return {
    fields: withFields(theirs, mine, own),
    conflicts: own.filter((name) => changed(name, theirs)),
  };
}

/** Some fields with others' values in a few of them. */
export function withFields(
  fields: ToolFields,
  from: ToolFields,
  names: readonly (keyof ToolFields)[],
): ToolFields {
  return { ...fields, ...Object.fromEntries(names.map((name) => [name, from[name]])) };
}

function same(a: ToolFields[keyof ToolFields], b: ToolFields[keyof ToolFields]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
