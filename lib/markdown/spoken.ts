import type { Token } from "markdown-it";
import { createEngine } from "./engine.ts";

const engine = createEngine();

/** Emoji and the marks that join them: voices read out their names. */
const PICTURES = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{fe0f}\u{200d}\u{20e3}]/gu;
const ADDRESS = /(?:https?:\/\/|www\.|mailto:)\S*[^\s.,;:!?)\]]/gi;
/** Ends after which a voice pauses by itself, also those of Arabic and Hindi. */
const ENDS = /[.!?:;,\u2026\u061f\u060c\u061b\u0964\u3002]["'\u201d\u00bb)]*$/u;

/**
 * The words of a Markdown text as one would read them aloud, a block a line.
 * Leaves out code blocks, formulas that are TeX, addresses, pictures and emoji. Lines without an
 * end get a full stop, for the pause.
 */
export function spokenText(markdown: string): string {
  const lines: string[] = [];
  let row: string[] | null = null;
  for (const token of engine.parse(markdown, {})) {
    if (token.type === "tr_open") row = [];
    else if (token.type === "tr_close") {
      lines.push(ended((row ?? []).join(", ")));
      row = null;
    } else if (token.type === "inline") {
      const said = inlineWords(token.children ?? []);
      if (said !== "") (row ?? lines).push(row === null ? ended(said) : said);
    }
  }
  return lines.filter((line) => line !== "").join("\n");
}

function inlineWords(tokens: readonly Token[]): string {
  const words = tokens.map(({ type, content }) => {
    switch (type) {
      case "softbreak":
      case "hardbreak":
        return " ";
      case "math_inline":
        return /[\\{}^_]/.test(content) ? "" : content;
      case "text":
      case "escaped":
      case "code_inline":
        return content;
      default:
        return "";
    }
  });
  return words.join("").replace(ADDRESS, "").replace(PICTURES, "")
    // Brackets that held nothing but an address.
    .replace(/\(\s*\)|\[\s*\]/g, "").replace(/\s+/g, " ").replace(/ (?=[.,;:!?])/g, "").trim();
}

function ended(line: string): string {
  if (!/[\p{L}\p{N}]/u.test(line)) return "";
  return ENDS.test(line) ? line : `${line}.`;
}

/** The part of a text that fits. */
export interface FittingSpeech {
  text: string;
  /** The last words before the cut; null for a whole text. */
  cutAfter: string | null;
}

/** Words that tell where a text was cut. */
const LAST_WORDS = 6;

/**
 * As many whole sentences as fit; of a longer first sentence, as many words.
 * @param most in UTF-16 units
 */
export function fittingSpeech(text: string, most: number): FittingSpeech {
  if (text.length <= most) return { text, cutAfter: null };
  const fitting = longest(text, most, "sentence") || longest(text, most, "word") ||
    text.slice(0, most).toWellFormed();
  const said = fitting.trim();
  return { text: said, cutAfter: said.split(/\s+/).slice(-LAST_WORDS).join(" ") };
}

/** The segments from the beginning that fit together. */
function longest(text: string, most: number, granularity: "sentence" | "word"): string {
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter("und", { granularity }).segment(text)) {
    if (index + segment.trimEnd().length > most) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}
