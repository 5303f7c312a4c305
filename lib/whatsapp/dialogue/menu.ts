import type { MenuItem, MenuPage } from "../../locales/whatsapp/menu_lines.ts";
import type { DialogueTool } from "./state.ts";
import { truncateLine } from "../../shared/truncate_line.ts";

/** How many tools one page of the list shows. */
export const MENU_PAGE = 8;

/** One page of the list of tools, texts cut to what a phone shows; a page beyond the ends is the nearest one. */
export function menuPage(tools: readonly DialogueTool[], page: number): MenuPage {
  const pages = Math.max(1, Math.ceil(tools.length / MENU_PAGE));
  const shown = Math.min(Math.max(Math.trunc(page) || 1, 1), pages);
  const items = menuItems(tools);
  return { items: items.slice((shown - 1) * MENU_PAGE, shown * MENU_PAGE), page: shown, pages };
}

/** These of the tools under their numbers, all by default; no more than one page of a few. */
export function menuItems(
  tools: readonly DialogueTool[],
  only?: readonly string[],
): MenuItem[] {
  const items = tools.map((tool, index) => ({
    id: tool.id,
    item: {
      number: index + 1,
      icon: truncateLine(tool.icon, 16),
      name: truncateLine(tool.name, 50),
      description: truncateLine(tool.description, 70),
    },
  }));
  if (only === undefined) return items.map(({ item }) => item);
  return items.filter(({ id }) => only.includes(id)).slice(0, MENU_PAGE).map(({ item }) => item);
}
