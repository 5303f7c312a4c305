import type { Spans, Stretch } from "./split_spans.ts";

const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });

/** White space that may go at a cut: none that carries a mark. */
export const IDLE_SPACE = /(?:\s(?![\p{M}\p{Grapheme_Extend}\p{Emoji_Modifier}\u200d]))*/yu;

/** Where `text` goes on behind what `what`, a sticky pattern, finds at `from`. */
export function skip(text: string, from: number, what: RegExp): number {
  what.lastIndex = from;
  return from + (what.exec(text)?.[0].length ?? 0);
}

const PARAGRAPH = /\n[^\S\n]*\n/g;
const LINE = /\n/g;
/** After the end of a sentence; some scripts leave no space behind theirs. */
const SENTENCE = /[.!?…।॥؟۔]["'”’»)\]*_~]*(?=\s)|[。！？][」』”）]*/g;
const WORD = /(?<=\S)\s/g;
const ADDRESS = /https?:\/\/[^\s`]+/gi;
const FENCES = /`{3,}/g;

/**
 * The best length of the next part of `text` from `from`, at least 1 and at most
 * `room`: at the strongest border that leaves the part no shorter than a third.
 * The text must go on behind it.
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
    // A little more than fits, so that what stands at the end is seen whole.
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
    // A mark that is closed or opened at the cut must not touch an address.
    const free = (at: number) =>
      this.#marksAcross(at) === 0 ||
      !addresses.some(({ start, end }) =>
        end === at || start === skip(this.text, this.from + at, IDLE_SPACE) - this.from
      );
    return this.last(SENTENCE, (at) => whole(at) && apart(at)) ?? this.last(WORD, whole) ??
      this.last(SENTENCE, (at) => far(at) && apart(at) && free(at)) ?? this.last(WORD, free) ??
      this.last(WORD, () => true) ?? this.#hard(addresses);
  }

  /** The last place of this kind that may be cut at. */
  last(kind: RegExp, suits: (at: number) => boolean): number | null {
    const places = [...this.#window.matchAll(kind)].map((found) =>
      kind === SENTENCE ? found.index + found[0].length : found.index
    );
    for (const at of places.reverse()) {
      if (at < 1 || at > this.room || !suits(at)) continue;
      const place = this.#beforeFence(this.#withoutSpace(at));
      // The sign of a quotation stays with its line.
      const idle = /(?:^|\n)>$/.test(this.#window.slice(Math.max(0, place - 2), place));
      if (place > 0 && !idle && this.#isBorder(place)) return place;
    }
    return null;
  }

  /** White space before a cut goes with what stands behind it. */
  #withoutSpace(at: number): number {
    let end = at;
    while (end > 0 && /\s/.test(this.#window.charAt(end - 1))) end--;
    return end;
  }

  /** A cut right behind the opening of a code block moves in front of it. */
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

  /** Whether grapheme clusters end here, and the next begins behind the white space. */
  #isBorder(at: number): boolean {
    const next = skip(this.text, this.from + at, IDLE_SPACE);
    if (this.#clusterAt(at) !== at) return false;
    return next === this.from + at || next === this.text.length ||
      GRAPHEMES.segment(this.text.slice(next - 1, next + 4)).containing(1)?.index === 1;
  }

  #clusterAt(at: number): number {
    return this.#segments.containing(at)?.index ?? at;
  }

  /** Where nothing invites a cut. */
  #hard(addresses: readonly Stretch[]): number {
    const cluster = this.#clusterAt(this.room);
    if (cluster === 0) return this.#codePoint();
    const cut = [...addresses, ...this.#fences].find(({ start, end }) =>
      start < cluster && cluster < end
    );
    if (cut === undefined) return this.#beforeFence(cluster) || this.#besideMark(cluster);
    const before = this.#clusterAt(cut.start);
    if (before > 0) return before;
    // Fences count by threes.
    return this.#fences.includes(cut) ? cluster - cluster % 3 : cluster;
  }

  /** Not between a mark and what it marks: that would leave a mark around nothing. */
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
