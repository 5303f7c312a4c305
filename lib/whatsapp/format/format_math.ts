import { SIGNS, SUBSCRIPTS, SUPERSCRIPTS } from "./format_math_signs.ts";

/** Longer formulas stay TeX: they are unreadable in one line. */
const LONGEST = 2_000;

/** A group without braces inside. */
const GROUP = "\\{([^{}]*)\\}";
const FRACTION = new RegExp(`\\\\[dt]?frac\\s*${GROUP}\\s*${GROUP}`, "g");
const ROOT = new RegExp(`\\\\sqrt\\s*(?:\\[([^\\]]*)\\])?\\s*${GROUP}`, "g");
const WORDS = new RegExp(
  `\\\\(?:text|textrm|mathrm|mathbf|mathit|operatorname|boxed)\\s*${GROUP}`,
  "g",
);
const RAISED = new RegExp(`([\\^_])\\s*(?:${GROUP}|([^\\s{}\\\\^_]))`, "g");

/** A TeX formula in one line of Unicode, or its source if Unicode lacks a sign. */
export function plainMath(tex: string): string {
  const source = tex.trim();
  if (source.length > LONGEST || /\\begin|&|\\\\/.test(source)) return source;
  const signs = source
    .replace(
      /\\(?:left|right|displaystyle|limits|quad|qquad|[,;:! ])(?![a-zA-Z])/g,
      (space) => /quad|[,;: ]$/.test(space) ? " " : "",
    )
    .replace(/\\([a-zA-Z]+)/g, (command, name: string) => SIGNS[name] ?? command)
    .replace(/\\([{}])/g, (_, brace: string) => brace === "{" ? "❴" : "❵")
    .replace(/\\([%$#&_])/g, "$1");
  const flat = innermostFirst(signs).replaceAll("❴", "{").replaceAll("❵", "}");
  return /\\/.test(flat) ? source : flat.replace(/\s+/g, " ").trim();
}

/** Replaces groups from the inside out; each round removes a pair of braces. */
function innermostFirst(text: string): string {
  let now = text;
  for (let round = 0; round < 12; round++) {
    const next = now.replace(WORDS, "$1")
      .replace(FRACTION, fraction)
      .replace(
        ROOT,
        (_, degree: string | undefined, of: string) =>
          `${degree === undefined ? "" : raised("^", degree)}√${grouped(of)}`,
      )
      .replace(
        RAISED,
        (_, kind: string, group?: string, single?: string) => raised(kind, group ?? single ?? ""),
      );
    if (next === now) break;
    now = next;
  }
  return now.replace(/[{}]/g, "");
}

/** Parenthesised where a neighbour would change its value: `\frac{1}{2}b` is not 1/2b. */
function fraction(found: string, over: string, under: string, at: number, all: string): string {
  const flat = `${grouped(over)}/${grouped(under)}`;
  const around = all.slice(0, at).trimEnd().slice(-1) +
    all.slice(at + found.length).trimStart().charAt(0);
  return /[\p{L}\p{N}(]/u.test(around) ? `(${flat})` : flat;
}

function grouped(text: string): string {
  return /^[\p{L}\p{N}.√]*$/u.test(text) ? text : `(${text})`;
}

/** Superscript or subscript characters where Unicode has all of them, else `^(…)`. */
function raised(kind: string, text: string): string {
  const table = kind === "^" ? SUPERSCRIPTS : SUBSCRIPTS;
  const signs = [...text.trim()].map((sign) => table[sign]);
  if (signs.every((sign) => sign !== undefined)) return signs.join("");
  // `_` would be a mark, and `^{…}` would match again.
  return kind === "^" ? `ˆ${grouped(text)}` : `ˍ${grouped(text)}`;
}
