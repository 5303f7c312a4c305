/** Pattern of a route file without extension: `blog/[slug]` becomes `/blog/:slug`. */
export function patternOf(file: string): string {
  const segments = file.split("/").filter((segment) => !isGroup(segment));
  if (segments.at(-1) === "index") segments.pop();
  let pattern = "";
  for (const segment of segments) {
    const optional = /^\[\[([^[\]]+)\]\]$/.exec(segment);
    if (optional !== null) {
      pattern += pattern === "" ? `/{:${optional[1]}}?` : `{/:${optional[1]}}?`;
    } else pattern += "/" + segmentPattern(segment, file);
  }
  return pattern === "" ? "/" : pattern;
}

/** True for `(group)` folders, which are omitted from URLs. */
function isGroup(segment: string): boolean {
  return segment.startsWith("(") && segment.endsWith(")");
}

const PART = /\[(\.\.\.)?([^[\].]+)\]|([^[\]]+)/y;

function segmentPattern(segment: string, file: string): string {
  let pattern = "";
  let afterParam = false;
  PART.lastIndex = 0;
  while (PART.lastIndex < segment.length) {
    const part = PART.exec(segment);
    if (part === null) {
      throw new SyntaxError(`routes/${file}: "${segment}" has unbalanced brackets`);
    }
    const [, rest, name, literal] = part;
    if (literal !== undefined) pattern += escape(literal);
    else if (afterParam) {
      throw new SyntaxError(`routes/${file}: "${segment}" needs a character between its params`);
    } else pattern += rest === undefined ? `:${name}` : `:${name}*`;
    afterParam = literal === undefined;
  }
  return pattern;
}

function escape(literal: string): string {
  return encodeURI(literal).replace(/[*:+?{}()]/g, "\\$&");
}

/** Rank by specificity: lower matches less and comes first. */
function rank(segment: string): number {
  if (segment.startsWith("[...")) return 4;
  if (segment.startsWith("[[")) return 3;
  if (!segment.includes("[")) return 0;
  return /^\[[^\]]*\]$/.test(segment) ? 2 : 1;
}

/** Compares route files so that more specific patterns come first. */
export function bySpecificity(a: string, b: string): number {
  const left = shape(a);
  const right = shape(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const x = left[i];
    const y = right[i];
    if (x === undefined) return -1;
    if (y === undefined) return 1;
    if (rank(x) !== rank(y)) return rank(x) - rank(y);
    if (x !== y) return x < y ? -1 : 1;
  }
  // Same path: the index file wins.
  return Number(b.endsWith("index")) - Number(a.endsWith("index"));
}

function shape(file: string): string[] {
  const segments = file.split("/").filter((segment) => !isGroup(segment));
  return segments.at(-1) === "index" ? segments.slice(0, -1) : segments;
}
