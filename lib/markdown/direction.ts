const RIGHT_TO_LEFT =
  "\\u0590-\\u08ff\\u200f\\ufb1d-\\ufdff\\ufe70-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}";

const RTL = new RegExp(`[${RIGHT_TO_LEFT}]`, "u");
const STRONG = new RegExp(`[${RIGHT_TO_LEFT}]|\\p{L}`, "u");

/** Whether a text has any right-to-left character; most have none and need no more work. */
export function hasRightToLeft(text: string): boolean {
  return RTL.test(text);
}

/** Direction of the first character that has one. */
export function firstStrong(text: string): "ltr" | "rtl" | null {
  const found = STRONG.exec(text);
  if (found === null) return null;
  return RTL.test(found[0]) ? "rtl" : "ltr";
}
