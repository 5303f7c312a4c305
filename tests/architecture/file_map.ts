/** The names in a README's file map: the first word of each line of the block below its heading. */
export function fileMap(readme: string): string[] {
  const block = /^## File map$[^]*?^```\w*\n([^]*?)^```$/m.exec(readme)?.[1] ?? "";
  return block.split("\n").map((line) => line.trim().split(/\s/, 1)[0] ?? "")
    .filter((name) => name !== "").sort();
}
