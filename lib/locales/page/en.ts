import type { PageTexts } from "./texts.ts";

export const ENGLISH_PAGES: PageTexts = {
  errorPage: {
    back: "See all tools",
  },
};
