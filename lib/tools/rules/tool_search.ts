/** Whether the texts together have every word of a search; an empty one matches all. */
export function hasWords(search: string, texts: readonly string[]): boolean {
  const text = texts.join(" ").toLowerCase();
  return search.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
