import { diffArrays, diffWordsWithSpace } from "diff";
import type { TextPart } from "../../shared/views/tool_admin_view.ts";

export interface MergedText {
  text: string;
  /** Whether no place was changed by both. */
  fits: boolean;
}

/** A change of a list: its items from `start` to `end` become others. */
interface Edit {
  start: number;
  end: number;
  items: string[];
}

/** Edit distance at which a text counts as written anew. */
const MOST_EDITS = 2_000;
/** Characters of unchanged text shown around a change. */
const AROUND = 90;

/** Three-way merge of texts by words; where both changed a place, theirs comes before mine. */
export function mergeTexts(base: string, theirs: string, mine: string): MergedText {
  if (theirs === base || theirs === mine) return { text: mine, fits: true };
  if (mine === base) return { text: theirs, fits: true };
  if ([theirs, mine].some((text) => isRewritten(diffOf(base, text)))) {
    return { text: `${theirs}\n\n${mine}`, fits: false };
  }
  const words = wordsOf(base);
  const [their, my] = [editsOf(words, theirs), editsOf(words, mine)];
  const text: string[] = [];
  let fits = true;
  for (let at = 0, i = 0, j = 0; at <= words.length;) {
    const start = Math.min(their[i]?.start ?? Infinity, my[j]?.start ?? Infinity);
    if (start === Infinity) {
      text.push(...words.slice(at));
      break;
    }
    text.push(...words.slice(at, start));
    const [fromI, fromJ] = [i, j];
    let end = start;
    // All changes that overlap or touch form one place.
    for (let grown = true; grown;) {
      grown = false;
      for (let edit = their[i]; edit && edit.start <= end; edit = their[++i]) {
        end = Math.max(end, edit.end);
        grown = true;
      }
      for (let edit = my[j]; edit && edit.start <= end; edit = my[++j]) {
        end = Math.max(end, edit.end);
        grown = true;
      }
    }
    const left = rendered(words, start, end, their.slice(fromI, i));
    const right = rendered(words, start, end, my.slice(fromJ, j));
    if (i === fromI || left === right) text.push(right);
    else if (j === fromJ) text.push(left);
    else {
      fits = false;
      text.push(left, /\s$/.test(left) || /^\s/.test(right) ? "" : " ", right);
    }
    at = end;
  }
  return { text: text.join(""), fits };
}

/** What differs between two texts, word by word; long unchanged stretches are left out. */
export function textParts(before: string, after: string): TextPart[] {
  const parts = diffOf(before, after);
  if (isRewritten(parts)) {
    return [{ kind: "removed", text: shortened(before, true, true) }, {
      kind: "added",
      text: after,
    }];
  }
  return parts.map(({ kind, text }, i) =>
    kind === "same" ? { kind, text: shortened(text, i > 0, i < parts.length - 1) } : { kind, text }
  );
}

function diffOf(before: string, after: string): TextPart[] {
  const parts = diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS }) ??
    [{ value: before, removed: true, added: false }, { value: after, added: true, removed: false }];
  return parts.map(({ value, added, removed }) => ({
    kind: added ? "added" : removed ? "removed" : "same",
    text: value,
  }));
}

/** Whether so little is unchanged that the differences say nothing. */
function isRewritten(parts: readonly TextPart[]): boolean {
  const length = (kind: TextPart["kind"]) =>
    parts.reduce((sum, part) => sum + (part.kind === kind ? part.text.length : 0), 0);
  return length("same") < Math.max(length("added"), length("removed")) / 2;
}

function shortened(text: string, afterChange: boolean, beforeChange: boolean): string {
  const head = afterChange ? text.slice(0, AROUND) : "";
  const tail = beforeChange ? text.slice(-AROUND) : "";
  return text.length <= 2 * AROUND + 3 ? text : `${head}…${tail}`;
}

function wordsOf(text: string): string[] {
  return text.match(/\s+|\S+/g) ?? [];
}

function editsOf(words: string[], text: string): Edit[] {
  const others = wordsOf(text);
  const parts = diffArrays(words, others, { maxEditLength: MOST_EDITS });
  if (!parts) return [{ start: 0, end: words.length, items: others }];
  const edits: Edit[] = [];
  let at = 0;
  for (const { value, added, removed } of parts) {
    const last = edits.at(-1);
    const edit = last && last.end === at ? last : { start: at, end: at, items: [] };
    if (added) edit.items.push(...value);
    else at += value.length;
    if (removed) edit.end = at;
    if ((added || removed) && edit !== last) edits.push(edit);
  }
  return edits;
}

function rendered(words: string[], start: number, end: number, edits: readonly Edit[]): string {
  const text: string[] = [];
  let at = start;
  for (const edit of edits) {
    text.push(...words.slice(at, edit.start), ...edit.items);
    at = edit.end;
  }
  return [...text, ...words.slice(at, end)].join("");
}
