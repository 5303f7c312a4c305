import { cookieValue } from "../session.ts";

/*
 * What a browser keeps (pages, messages that wait, drafts, recordings) is cleared when it belongs to
 * nobody there any longer: by Clear-Site-Data, which browsers heed over https, and by the script
 * of the next page (static/forget.js), which runs while this cookie is there and ends it. Without
 * scripts nothing is kept.
 */
const NAME = "forget";
/** Where no script runs the cookie stays as long. */
const SECONDS = { later: 365 * 24 * 60 * 60, next: 10 * 60 };

/**
 * Headers of an answer after which this browser keeps nothing.
 * @param page the next one, which follows at once, or any later one
 */
export function forgettingHeaders(
  secure: boolean,
  page: keyof typeof SECONDS,
): [string, string][] {
  const attributes = `Path=/; SameSite=Lax; Max-Age=${SECONDS[page]}${secure ? "; Secure" : ""}`;
  return [
    ["clear-site-data", '"cache", "storage"'],
    ["set-cookie", `${NAME}=1; ${attributes}`],
  ];
}

/** Whether a page's script has to clear what this browser keeps. */
export function isForgetting({ headers }: Request): boolean {
  return cookieValue(headers.get("cookie"), NAME) === "1";
}
