import type { ComponentChildren } from "preact";
import type { Text } from "../../lib/shared/text.ts";

/** Markup for a placeholder, or a wrapper of its words. */
type Filling = ComponentChildren | ((words: string) => ComponentChildren);

/** Fills the placeholders `{name}` and `{name:words}` of a text with markup. */
export function filled<Places extends string>(
  text: Text<Places>,
  values: Readonly<Record<NoInfer<Places>, Filling>>,
): ComponentChildren[] {
  const fillings = new Map<string, Filling>(Object.entries(values));
  // `split` yields text, name and words in turn.
  return text.split(/{(\w+)(?::([^}]*))?}/).map((part, i, parts) => {
    if (i % 3 === 0) return part;
    if (i % 3 === 2) return null;
    const filling = fillings.get(part);
    return typeof filling === "function" ? filling(parts[i + 1] ?? "") : filling;
  });
}
