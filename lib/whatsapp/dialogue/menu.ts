import type { MenuItem, MenuPage } from "../../locales/whatsapp/menu_lines.ts";
import type { DialogueTool } from "./state.ts";
import { phoneLine } from "../../shared/truncate_line.ts";

/** Tools per page of the list. */
const PAGE_SIZE = 8;

/** One page of the list of tools, texts cut to a phone's width; clamps `page`. */
export function menuPage(tools: readonly DialogueTool[], page: number): MenuPage {
  const pages = Math.max(1, Math.ceil(tools.length / PAGE_SIZE));
  const shown = Math.min(Math.max(Math.trunc(page) || 1, 1), pages);
  const items = menuItems(tools);
  return { items: items.slice((shown - 1) * PAGE_SIZE, shown * PAGE_SIZE), page: shown, pages };
}

/** Numbered list items of all tools, or of those in `only`, at most one page of them. */
export function menuItems(
  tools: readonly DialogueTool[],
  only?: readonly string[],
): MenuItem[] {
  const items = tools.map((tool, index) => ({
    id: tool.id,
    item: {
      number: index + 1,
      icon: phoneLine(tool.icon, 16),
      name: phoneLine(tool.name, 50),
      description: phoneLine(tool.description, 70),
    },
  }));
  if (only === undefined) return items.map(({ item }) => item);
  return items.filter(({ id }) => only.includes(id)).slice(0, PAGE_SIZE).map(({ item }) => item);
}
