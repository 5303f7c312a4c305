import type { Context } from "fresh";
import { type Language, LANGUAGES } from "../../shared/languages.ts";
import { choicesIn } from "./choices.ts";
import type { State } from "../define.ts";
import { isApiPath } from "../v1/gate.ts";

/** Longest Accept-Language header that is read. */
const LONGEST = 500;

/** The reader's language, by their browser's order of preference; English otherwise. */
export function preferredLanguage(header: string | null): Language {
  const wanted = (header ?? "").slice(0, LONGEST).split(",").map((each) => {
    const [tag = "", ...parameters] = each.trim().toLowerCase().split(/\s*;\s*/);
    const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
    return { code: tag.split("-", 1)[0], weight: weight === undefined ? 1 : Number(weight) };
  }).filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  for (const { code } of wanted) {
    const known = LANGUAGES.find((language) => language === code);
    if (known) return known;
  }
  return "en";
}

/** The request headers that decide about a page's language and theme. */
export const VARIES: [string, string] = ["vary", "accept-language, cookie"];

/** The language chosen by hand, else the one that the browser asks for. */
export function chosenLanguage(headers: Headers): Language {
  return choicesIn(headers).language ?? preferredLanguage(headers.get("accept-language"));
}

/** The reader's language. The admin area and /v1 are in English. */
export function languageOf({ req, url }: Pick<Context<State>, "req" | "url">): Language {
  return isAdminPath(url.pathname) || isApiPath(url.pathname) ? "en" : chosenLanguage(req.headers);
}

/** Whether a path is in the admin area, which has a language and a theme of its own. */
export function isAdminPath(path: string): boolean {
  return path === "/admin" || path.startsWith("/admin/");
}
