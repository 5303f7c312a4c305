/**
 * A text with named places, such as `"{count} of {longest}"`; the type says which. It is plain
 * data, so that islands can be given theirs in props.
 */
export type Text<Places extends string> = string & { readonly places?: Places };

/** Fills the places of a text. */
export function fill<Places extends string>(
  text: Text<Places>,
  values: Readonly<Record<NoInfer<Places>, string | number>>,
): string {
  return text.replace(/{(\w+)}/g, (place, name) => String(Reflect.get(values, name) ?? place));
}
