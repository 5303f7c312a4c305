import type { ToolFields } from "../../shared/views/tool_admin_view.ts";

/** A form merged with a version saved by another admin meanwhile. */
export interface Merged {
  /** Each field from the side that changed it; mine if both did. */
  fields: ToolFields;
  /** Fields changed on both sides to different values. */
  conflicts: (keyof ToolFields)[];
}

/** All fields of the editor. */
export const FIELD_NAMES = [
  "name",
  "description",
  "icon",
  "group",
  "systemPrompt",
  "model",
  "effort",
  "pictureDetail",
  "temperature",
  "maxTokens",
  "active",
  "ceiling",
  "fallbackModel",
  "chain",
  "downgradeFrom",
  "clamp",
  "starters",
  "keyTerms",
  "remembers",
  "keepsRecordings",
  "hearingModel",
  "whatsapp",
  "whatsappScope",
  "examples",
  "greeting",
  "language",
  "translations",
] as const satisfies readonly (keyof ToolFields)[];

/**
 * Three-way merge by field: fields that I did not change stay theirs.
 * @param base common ancestor; null if unknown, so that every difference is a conflict
 */
export function mergeFields(
  base: ToolFields | null,
  theirs: ToolFields,
  mine: ToolFields,
): Merged {
  const changed = (name: keyof ToolFields, of: ToolFields) =>
    base === null || !same(of[name], base[name]);
  const own = FIELD_NAMES.filter((name) => !same(mine[name], theirs[name]) && changed(name, mine));
  return {
    fields: withFields(theirs, mine, own),
    conflicts: own.filter((name) => changed(name, theirs)),
  };
}

/** Fields with some of them replaced by others' values. */
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
