import { type Language, LANGUAGES } from "../../shared/languages.ts";
import { counter, type Forms } from "../plurals.ts";
import { OWN_SHARE } from "./share.ts";

/** Name of each picture in a question's HTML, which is cached in English for all readers. */
export const PICTURE_ALT = altIn("en");

/** A question's HTML with its pictures' names in a reader's language. Texts have no bare quotes. */
export function picturesInLanguage(html: string, language: Language): string {
  return language === "en" ? html : html.replaceAll(PICTURE_ALT, altIn(language));
}

function altIn(language: Language): string {
  return `alt="${OWN_SHARE[language].picture}"`;
}

/** Titles of conversations that begin with pictures alone. */
export const SENT_PICTURES: Readonly<Record<Language, { readonly title: Forms }>> = {
  en: { title: { one: "Picture", other: "# pictures" } },
  es: { title: { one: "Imagen", many: "# imágenes", other: "# imágenes" } },
  fr: { title: { one: "Image", many: "# images", other: "# images" } },
  pt: { title: { one: "Imagem", many: "# imagens", other: "# imagens" } },
  sw: { title: { one: "Picha", other: "Picha #" } },
  id: { title: { other: "# gambar" } },
  ar: {
    title: {
      zero: "# صورة",
      one: "صورة",
      two: "صورتان",
      few: "# صور",
      many: "# صورة",
      other: "# صورة",
    },
  },
  hi: { title: { one: "चित्र", other: "# चित्र" } },
};

/** Stands for a number of pictures in stored titles. */
export function picturesCode(count: number): string {
  return count === 0 ? "" : count === 1 ? "[picture]" : `[${count} pictures]`;
}

/** A stored title in a reader's language: all but the code of pictures are the person's words. */
export function titleInLanguage(title: string, language: Language): string {
  const [code, count = 1] = /^\[(?:picture|(\d{1,3}) pictures)\]$/.exec(title) ?? [];
  return code === undefined
    ? title
    : counter(language)(Number(count), SENT_PICTURES[language].title);
}

/** A stored title in all languages, to be found by. */
export function titleInAnyLanguage(title: string): string {
  return [...new Set(LANGUAGES.map((language) => titleInLanguage(title, language)))].join(" ");
}

/** Stands for a message's pictures in a file for a reader. */
export function picturesPlaceholder(count: number, language: Language): string {
  const title = titleInLanguage(picturesCode(count), language);
  return title === "" ? "" : `[${title.toLocaleLowerCase(language)}]`;
}
