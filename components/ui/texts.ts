import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { ENGLISH_PAGES } from "../../lib/locales/page/en.ts";
import type { PageTexts } from "../../lib/locales/page/texts.ts";

/** What the pages say. Pages only: an island would carry all of it into the browser. */
export const Texts = createContext<PageTexts>(ENGLISH_PAGES);

export function useTexts(): PageTexts {
  return useContext(Texts);
}
