/** Fields of settings by name, as typed. */
export type TypedFields = Readonly<Partial<Record<string, string | boolean>>>;

export interface MergedSettings {
  /** Each field from the side that changed it; mine if both did. */
  fields: TypedFields;
  /** Fields that both sides changed to different values. */
  conflicts: string[];
}

/** The names of my fields whose values differ. */
export function changedNames(was: TypedFields, mine: TypedFields): string[] {
  return Object.keys(mine).filter((name) => mine[name] !== was[name]);
}

/**
 * Three-way merge by field: fields that I did not change stay theirs.
 * @param was the fields that I saw
 */
export function mergeSettings(
  was: TypedFields,
  theirs: TypedFields,
  mine: TypedFields,
): MergedSettings {
  const own = changedNames(was, mine);
  return {
    fields: { ...theirs, ...Object.fromEntries(own.map((name) => [name, mine[name]])) },
    conflicts: own.filter((name) => theirs[name] !== was[name] && theirs[name] !== mine[name]),
  };
}
