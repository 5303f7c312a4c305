import type { ComponentChildren } from "preact";
import type { Text } from "../../lib/shared/text.ts";

/** Markup for a place, or for the words that stand in it. */
type Filling = ComponentChildren | ((words: string) => ComponentChildren);

/** A text as children: its places `{name}` and `{name:words}` are filled with markup. */
export function filled<Places extends string>(
  text: Text<Places>,
  values: Readonly<Record<NoInfer<Places>, Filling>>,
): ComponentChildren[] {
  const fillings = new Map<string, Filling>(Object.entries(values));
  // Every third part is a place's name, the next one its words.
  return text.split(/{(\w+)(?::([^}]*))?}/).map((part, i, parts) => {
    if (i % 3 === 0) return part;
    if (i % 3 === 2) return null;
    const filling = fillings.get(part);
    return typeof filling === "function" ? filling(parts[i + 1] ?? "") : filling;
  });
}
