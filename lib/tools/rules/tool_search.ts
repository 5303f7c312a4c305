import { folded } from "../../shared/words.ts";

/** Whether the texts together have every word of a search, accents and case aside. */
export function hasWords(search: string, texts: readonly string[]): boolean {
  const text = folded(texts.join(" "));
  return folded(search).split(/\s+/).every((word) => text.includes(word));
}
