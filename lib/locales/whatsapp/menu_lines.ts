export interface MenuItem {
  /** The same on every page: the first tool is 1. */
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

/** One line per tool: number, icon and name. */
export function itemLines(items: readonly MenuItem[]): string {
  return items.map(({ number, icon, name }) => `*${number}* ${icon} ${name}`).join("\n");
}

/** Texts around a page of the list, in one language. */
export interface MenuWords {
  readonly current: string | null;
  readonly page: string;
  readonly more: string;
}

/** A page of the list as a message. */
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
