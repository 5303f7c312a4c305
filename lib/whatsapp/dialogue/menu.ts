import type { DialogueTool } from "./state.ts";
import { oneLine } from "../../platform/one_line.ts";

/** How many tools one page of the list shows. */
export const MENU_PAGE = 8;

export interface MenuItem {
  /** The same on whichever page: the first tool is 1. */
  readonly number: number;
  readonly icon: string;
  readonly name: string;
  readonly description: string;
}

export interface MenuPage {
  readonly items: readonly MenuItem[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
}

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
      icon: oneLine(tool.icon, 16),
      name: oneLine(tool.name, 50),
      description: oneLine(tool.description, 70),
    },
  }));
  if (only === undefined) return items.map(({ item }) => item);
  return items.filter(({ id }) => only.includes(id)).slice(0, MENU_PAGE).map(({ item }) => item);
}

/** Number, icon and name of each, a line each. */
export function itemLines(items: readonly MenuItem[]): string {
  return items.map(({ number, icon, name }) => `*${number}* ${icon} ${name}`).join("\n");
}

/** The words around a page of the list, in one language. */
export interface MenuWords {
  readonly current: string | null;
  readonly page: string;
  readonly more: string;
}

/** A page of the list as a message; each language brings its words. */
export function menuLines(title: string, page: MenuPage, words: MenuWords): string {
  const lines = page.items.map(({ number, icon, name, description }) =>
    `*${number}* ${icon} ${name}${description === "" ? "" : ` – ${description}`}`
  );
  const footer = [
    ...(words.current === null ? [] : [words.current]),
    ...(page.pages > 1 ? [words.page] : []),
    ...(page.page < page.pages ? [words.more] : []),
  ];
  return [title, lines.join("\n"), footer.join(" ")].filter((part) => part !== "").join("\n\n");
}
