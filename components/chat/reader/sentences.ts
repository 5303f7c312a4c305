/** A sentence of a message, with its place on the page. */
export interface Sentence {
  text: string;
  range: Range;
}

/** Not read: code blocks, formulas, controls. */
const SILENT = "pre, button, math, svg, figcaption, [data-source], .sr";
const BLOCK = "p, li, h1, h2, h3, h4, h5, h6, td, th, blockquote, div";
/** Voices read out the names of emoji. */
const PICTURES = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{fe0f}\u{200d}]/gu;
/** Where a browser has no Intl.Segmenter. */
const SENTENCE =
  /[^.!?\u2026\u061f\u0964\u3002]+[.!?\u2026\u061f\u0964\u3002]*["'\u201d\u00bb)]*\s*/g;

/** The sentences of a message in reading order; a block's end ends a sentence. */
export function sentencesOf(message: Element, language: string): Sentence[] {
  const found: Sentence[] = [];
  let nodes: Text[] = [];
  let block: Element | null = null;
  const end = () => {
    if (nodes.length > 0) found.push(...sentencesIn(nodes, language));
    nodes = [];
  };
  const walker = document.createTreeWalker(message, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!(node instanceof Text) || parent === null || parent.closest(SILENT)) continue;
    const own = parent.closest(BLOCK);
    if (own !== block) end();
    block = own;
    nodes.push(node);
  }
  end();
  return found;
}

function sentencesIn(nodes: readonly Text[], language: string): Sentence[] {
  const text = nodes.map(({ data }) => data).join("");
  return segments(text, language).flatMap(({ index, segment }) => {
    const words = segment.trim();
    if (!/[\p{L}\p{N}]/u.test(words)) return [];
    const from = index + segment.indexOf(words);
    const range = document.createRange();
    range.setStart(...placeAt(nodes, from, false));
    range.setEnd(...placeAt(nodes, from + words.length, true));
    return [{ text: words.replace(PICTURES, "").replace(/\s+/g, " ").trim(), range }];
  });
}

function segments(text: string, language: string): { index: number; segment: string }[] {
  if ("Segmenter" in Intl) {
    return [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)];
  }
  return Array.from(
    text.matchAll(SENTENCE),
    (match) => ({ index: match.index, segment: match[0] }),
  );
}

/** The node and offset of a position in the joined text. */
function placeAt(nodes: readonly Text[], at: number, isEnd: boolean): [Text, number] {
  let left = at;
  const last = nodes[nodes.length - 1];
  for (const node of nodes) {
    if (left < node.length || node === last || (isEnd && left === node.length)) {
      return [node, Math.min(left, node.length)];
    }
    left -= node.length;
  }
  throw new RangeError("No text");
}
