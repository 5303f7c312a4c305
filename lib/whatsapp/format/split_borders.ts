import type { Spans, Stretch } from "./split_spans.ts";

const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });

/** White space that a split may drop; not if a combining character follows. */
export const IDLE_SPACE = /(?:\s(?![\p{M}\p{Grapheme_Extend}\p{Emoji_Modifier}\u200d]))*/yu;

/** Offset after the match of `what`, a sticky pattern, at `from`. */
export function skip(text: string, from: number, what: RegExp): number {
  what.lastIndex = from;
  return from + (what.exec(text)?.[0].length ?? 0);
}

const PARAGRAPH = /\n[^\S\n]*\n/g;
const LINE = /\n/g;
/** End of a sentence; some scripts put no space after it. */
const SENTENCE = /[.!?…।॥؟۔]["'”’»)\]*_~]*(?=\s)|[。！？][」』”）]*/g;
const WORD = /(?<=\S)\s/g;
const ADDRESS = /https?:\/\/[^\s`]+/gi;
const FENCES = /`{3,}/g;

/**
 * Best length of the next part of `text` from `from`, between 1 and `room`.
 * The strongest border that leaves at least a third of the room. Text must follow the part.
 */
export function borderIn(
  text: string,
  from: number,
  room: number,
  { inCode, spans }: { inCode: boolean; spans: Spans },
): number {
  return new Borders(text, from, room, inCode, spans).best();
}

class Borders {
  readonly #window: string;
  readonly #segments: Intl.Segments;
  readonly #fences: readonly Stretch[];
  readonly #least: number;

  constructor(
    readonly text: string,
    readonly from: number,
    readonly room: number,
    readonly inCode: boolean,
    readonly spans: Spans,
  ) {
    // Slightly longer than the room, so that the last pattern is seen whole.
    this.#window = text.slice(from, from + room + 8);
    this.#segments = GRAPHEMES.segment(this.#window);
    this.#fences = stretches(this.#window, FENCES);
    this.#least = Math.floor(room / 3);
  }

  best(): number {
    const outside = (at: number) => at >= this.#least && !this.#isInCode(at);
    const far = (at: number) => at >= this.#least;
    const between = this.last(PARAGRAPH, outside) ?? this.last(LINE, outside) ??
      this.last(LINE, far);
    if (between !== null) return between;
    const whole = (at: number) => far(at) && this.#marksAcross(at) === 0;
    const addresses = stretches(this.#window, ADDRESS);
    const apart = (at: number) => !addresses.some(({ start, end }) => start < at && at < end);
    // A mark closed or reopened at the split must not touch an address.
    const free = (at: number) =>
      this.#marksAcross(at) === 0 ||
      !addresses.some(({ start, end }) =>
        end === at || start === skip(this.text, this.from + at, IDLE_SPACE) - this.from
      );
    return this.last(SENTENCE, (at) => whole(at) && apart(at)) ?? this.last(WORD, whole) ??
      this.last(SENTENCE, (at) => far(at) && apart(at) && free(at)) ?? this.last(WORD, free) ??
      this.last(WORD, () => true) ?? this.#hard(addresses);
  }

  /** The last possible split of a kind. */
  last(kind: RegExp, suits: (at: number) => boolean): number | null {
    const places = [...this.#window.matchAll(kind)].map((found) =>
      kind === SENTENCE ? found.index + found[0].length : found.index
    );
    for (const at of places.reverse()) {
      if (at < 1 || at > this.room || !suits(at)) continue;
      const place = this.#beforeFence(this.#withoutSpace(at));
      // The quote mark stays with its line.
      const idle = /(?:^|\n)>$/.test(this.#window.slice(Math.max(0, place - 2), place));
      if (place > 0 && !idle && this.#isBorder(place)) return place;
    }
    return null;
  }

  /** Moves a split before the white space that precedes it. */
  #withoutSpace(at: number): number {
    let end = at;
    while (end > 0 && /\s/.test(this.#window.charAt(end - 1))) end--;
    return end;
  }

  /** Moves a split right after an opening fence before that fence. */
  #beforeFence(at: number): number {
    const opened = this.#fences.findLast(({ end }) => end <= at);
    if (opened === undefined || !this.#isInCode(opened.end)) return at;
    if (this.#window.slice(opened.end, at).replace(/^\s*>?\s*$/, "") !== "") return at;
    const quoted = /(?:^|\n)> $/.test(
      this.#window.slice(Math.max(0, opened.start - 3), opened.start),
    );
    return quoted ? opened.start - 2 : opened.start;
  }

  #isInCode(at: number): boolean {
    const marks = this.#fences.filter(({ end }) => end <= at)
      .reduce((sum, { start, end }) => sum + Math.floor((end - start) / 3), 0);
    return this.inCode !== (marks % 2 === 1);
  }

  #marksAcross(at: number): number {
    return this.spans.across(this.from + at, this.from + at).length;
  }

  /** Whether a grapheme cluster ends here and the next begins after the white space. */
  #isBorder(at: number): boolean {
    const next = skip(this.text, this.from + at, IDLE_SPACE);
    if (this.#clusterAt(at) !== at) return false;
    return next === this.from + at || next === this.text.length ||
      GRAPHEMES.segment(this.text.slice(next - 1, next + 4)).containing(1)?.index === 1;
  }

  #clusterAt(at: number): number {
    return this.#segments.containing(at)?.index ?? at;
  }

  /** Split by grapheme cluster, when no border is found. */
  #hard(addresses: readonly Stretch[]): number {
    const cluster = this.#clusterAt(this.room);
    if (cluster === 0) return this.#codePoint();
    const cut = [...addresses, ...this.#fences].find(({ start, end }) =>
      start < cluster && cluster < end
    );
    if (cut === undefined) return this.#beforeFence(cluster) || this.#besideMark(cluster);
    const before = this.#clusterAt(cut.start);
    if (before > 0) return before;
    // A fence is three characters.
    return this.#fences.includes(cut) ? cluster - cluster % 3 : cluster;
  }

  /** Moves a split away from between a mark and its content, which would mark nothing. */
  #besideMark(cluster: number): number {
    let at = cluster;
    while (at > 1 && this.#marksAcross(at - 1) !== this.#marksAcross(at + 1)) at--;
    return this.#clusterAt(at) || cluster;
  }

  #codePoint(): number {
    return /[\ud800-\udbff]/.test(this.#window.charAt(this.room - 1)) ? this.room - 1 : this.room;
  }
}

function stretches(text: string, kind: RegExp): Stretch[] {
  return [...text.matchAll(kind)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
  }));
}
