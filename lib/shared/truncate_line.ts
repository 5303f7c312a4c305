/** A text as one line of at most `units` UTF-16 units, cut before a word where possible. */
export function truncateLine(text: string, units: number): string {
  // Text far beyond the cut need not be searched.
  const line = text.slice(0, units * 4).replace(/\s+/g, " ").trim();
  if (line.length <= units && text.length <= units * 4) return line;
  const cut = line.slice(0, units - 1).replace(/[\ud800-\udbff]$/, "");
  const space = cut.lastIndexOf(" ");
  return `${(space > units / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

/** A name in WhatsApp's bold. */
export function bold(name: string): string {
  return `*${truncateLine(name, 80).replaceAll("*", "∗")}*`;
}
