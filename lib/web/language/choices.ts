import { z } from "zod";
import { type Language, languageSchema } from "../../shared/languages.ts";
import { cookieValue } from "../session.ts";

/** A person's choices for this browser, one cookie each; scripts read those about voice. */
const NAMES = {
  language: "language",
  theme: "theme",
  atOnce: "voice-at-once",
  aloud: "read-aloud",
} as const;

const YEAR_SECONDS = 365 * 24 * 60 * 60;

export const themeSchema = z.enum(["light", "dark"]);

/** A theme chosen by hand; without one the device's counts. */
export type ThemeChoice = z.infer<typeof themeSchema>;

export interface Choices {
  readonly language: Language | null;
  readonly theme: ThemeChoice | null;
  /** Whether voice messages are sent without checking their text. */
  readonly atOnce: boolean;
  /** Whether answers to voice messages are read aloud. */
  readonly aloud: boolean;
}

export function choicesIn(headers: Headers): Choices {
  const cookies = headers.get("cookie");
  return {
    language: languageSchema.safeParse(cookieValue(cookies, NAMES.language)).data ?? null,
    theme: themeSchema.safeParse(cookieValue(cookies, NAMES.theme)).data ?? null,
    atOnce: cookieValue(cookies, NAMES.atOnce) === "1",
    aloud: cookieValue(cookies, NAMES.aloud) === "1",
  };
}

/** The choices of a form; unknown values are the browser's. */
export function choicesOf(form: URLSearchParams): Choices {
  return {
    language: languageSchema.safeParse(form.get("language")).data ?? null,
    theme: themeSchema.safeParse(form.get("theme")).data ?? null,
    atOnce: form.has("atOnce"),
    aloud: form.has("aloud"),
  };
}

/** The Set-Cookie headers that remember choices for a year. */
export function choiceCookies(choices: Choices, secure: boolean): string[] {
  const { language, theme, atOnce, aloud } = choices;
  const cookie = (name: string, value: string | null) =>
    `${name}=${value ?? ""}; Path=/; SameSite=Lax; Max-Age=${value === null ? 0 : YEAR_SECONDS}` +
    (secure ? "; Secure" : "");
  return [
    cookie(NAMES.language, language),
    cookie(NAMES.theme, theme),
    cookie(NAMES.atOnce, atOnce ? "1" : null),
    cookie(NAMES.aloud, aloud ? "1" : null),
  ];
}
