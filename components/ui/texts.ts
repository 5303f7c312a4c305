import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { ENGLISH_PAGES } from "../../lib/locales/page/en.ts";
import type { PageTexts } from "../../lib/locales/page/texts.ts";

/** Texts of the pages. Not for islands, whose script would carry all of them. */
export const Texts = createContext<PageTexts>(ENGLISH_PAGES);

export function useTexts(): PageTexts {
  return useContext(Texts);
}
