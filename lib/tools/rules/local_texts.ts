import type { Language } from "../../shared/languages.ts";
import type { ToolView } from "../../shared/views/chat_view.ts";
import { LOCAL_FIELDS, type LocalField, type Tool } from "./tool.ts";

/** A tool as it is read in a language. */
export interface LocalTool extends Tool {
  /** Its own name, by which people may still call it. */
  mainName: string;
  /** The language of each field that is not in the reader's. */
  langs: Partial<Record<LocalField, Language>>;
}

/** A tool with its texts in the reader's language, where it has them; null for its own language. */
export function localTool(tool: Tool, language: Language | null): LocalTool {
  const own = { ...tool, mainName: tool.name, langs: {} };
  if (language === null || language === tool.language) return own;
  const given = tool.texts[language];
  const langs: LocalTool["langs"] = {};
  for (const field of LOCAL_FIELDS) {
    if (tool[field].length > 0 && !given?.[field].length) langs[field] = tool.language;
  }
  return {
    ...own,
    name: given?.name || tool.name,
    description: given?.description || tool.description,
    greeting: given?.greeting || tool.greeting,
    starters: given?.starters.length ? given.starters : tool.starters,
    group: given?.group || tool.group,
    langs,
  };
}

/** Names of groups in a language, by their own names in small letters: those that any tool gives. */
export function localGroups(
  tools: readonly Tool[],
  language: Language | null,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { group, texts } of tools) {
    const name = language && texts[language]?.group;
    if (name && !names.has(group.toLowerCase())) names.set(group.toLowerCase(), name);
  }
  return names;
}

/** The public fields of a tool, in the reader's language where it has it; null for its own. */
export function toolView(tool: Tool, language: Language | null = null): ToolView {
  const { id, name, description, icon, model, greeting, starters, langs } = localTool(
    tool,
    language,
  );
  const view = { id, name, description, icon, model, greeting, starters };
  return Object.keys(langs).length > 0 ? { ...view, langs } : view;
}

/** A deleted tool, of which conversations still have the id. */
export function deletedToolView(id: string): ToolView {
  return { id, name: id, description: "", icon: "", model: "", greeting: "", starters: [] };
}

/** A tool on the home page, under its group's heading in the reader's language. */
export function toolCard(
  tool: Tool,
  language: Language | null,
  groups: ReadonlyMap<string, string>,
): ToolView & { group: string } {
  const heading = groups.get(tool.group.toLowerCase());
  const { langs = {}, ...view } = toolView(tool, language);
  if (heading !== undefined) delete langs.group;
  return { ...view, langs, group: heading ?? tool.group };
}
