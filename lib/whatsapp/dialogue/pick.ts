import type { Command, DialogueState, DialogueTool } from "./state.ts";
import { normalise } from "./normalise.ts";

/** Minimum length of a partial name: shorter ones are often words of a sentence. */
const MIN_PART_UNITS = 3;

/** Tool picked by a normalised message: a listed number, a name, or either after `use`. */
export function pickTool(
  said: string,
  state: DialogueState,
  use: readonly string[],
): Command | null {
  if (state.menuPage !== null) {
    const numbered = byNumber(said, state.tools);
    if (numbered !== null) return numbered;
  }
  const rest = after(said, use);
  if (rest === null) return chosen(named(said, state.tools));
  return byNumber(rest, state.tools) ??
    chosen(named(rest, state.tools)) ??
    chosen(named(said, state.tools)) ??
    chosen(containing(rest, state.tools));
}

function byNumber(said: string, tools: readonly DialogueTool[]): Command | null {
  if (!/^\d{1,4}$/.test(said)) return null;
  const tool = tools[Number(said) - 1];
  return tool === undefined ? null : { kind: "pick", tool: tool.id };
}

function after(said: string, use: readonly string[]): string | null {
  if (said.startsWith("#")) return said.slice(1).trim();
  // The longest prefix: "use tool 3" means number 3, not the name "tool 3".
  const verb = use.filter((each) => said.startsWith(`${each} `))
    .sort((a, b) => b.length - a.length)[0];
  return verb === undefined ? null : said.slice(verb.length + 1).replace(/^the /, "").trim();
}

/** Matches the id or the whole name, with or without the icon shown before it. */
function named(said: string, tools: readonly DialogueTool[]): DialogueTool[] {
  const bare = plain(said);
  return tools.filter((tool) =>
    said === tool.id || (bare !== "" && namesOf(tool).some((name) => bare === plain(name)))
  );
}

function containing(part: string, tools: readonly DialogueTool[]): DialogueTool[] {
  if (part.length < MIN_PART_UNITS) return [];
  return tools.filter((tool) =>
    namesOf(tool).some((name) => ` ${plain(name)}`.includes(` ${part}`))
  );
}

function namesOf({ name, mainName = name }: DialogueTool): string[] {
  return [name, mainName];
}

function chosen(tools: readonly DialogueTool[]): Command | null {
  const [first, second] = tools;
  if (first === undefined) return null;
  if (second === undefined) return { kind: "pick", tool: first.id };
  return { kind: "ambiguous", candidates: tools.map(({ id }) => id) };
}

function plain(name: string): string {
  return normalise(name.replace(/\p{Extended_Pictographic}/gu, ""));
}
