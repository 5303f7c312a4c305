/**
 * A text with placeholders, such as `"{count} of {longest}"`, named in its type. Plain data, so
 * that it can be passed to islands in props.
 */
export type Text<Places extends string> = string & { readonly places?: Places };

/** Fills the placeholders of a text. */
export function fill<Places extends string>(
  text: Text<Places>,
  values: Readonly<Record<NoInfer<Places>, string | number>>,
): string {
  return text.replace(/{(\w+)}/g, (place, name) => String(Reflect.get(values, name) ?? place));
}
