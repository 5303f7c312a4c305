/** An MP4 box: contents from `from`, `end` exclusive. */
export interface Mp4Box {
  type: string;
  from: number;
  end: number;
}

const MOST_BOXES = 100_000;
const LONGEST_CUT = 65_536;

/**
 * The boxes between two offsets.
 * @throws {RangeError} for a box that leaves its surroundings, and for more than are read: sound
 * behind them would not be measured
 */
export function boxesIn(view: DataView, from: number, end: number): Mp4Box[] {
  const boxes: Mp4Box[] = [];
  for (let at = from; at + 8 <= end;) {
    if (boxes.length === MOST_BOXES) throw new RangeError("Too many boxes");
    const box = boxAt(view, at, end);
    if (box === null) throw new RangeError("A box leaves the one around it");
    boxes.push(box);
    at = box.end;
  }
  return boxes;
}

/** The box at an offset; null when it goes beyond `end`. */
function boxAt(view: DataView, at: number, end: number): Mp4Box | null {
  if (at + 8 > end) return null;
  const short = view.getUint32(at);
  const head = short === 1 ? 16 : 8;
  if (at + head > end) return null;
  const size = short === 0 ? end - at : short === 1 ? Number(view.getBigUint64(at + 8)) : short;
  if (size < head || at + size > end) return null;
  return { type: lettersAt(view, at + 4), from: at + head, end: at + size };
}

/**
 * The boxes of a file; `cut` when the last one is longer than what is left of it.
 * @throws {RangeError} when more is left than a recording can lose, and for too many
 */
export function boxesOf(view: DataView): { boxes: Mp4Box[]; cut: boolean } {
  const boxes: Mp4Box[] = [];
  for (let at = 0; at < view.byteLength;) {
    if (boxes.length === MOST_BOXES) throw new RangeError("Too many boxes");
    const box = boxAt(view, at, view.byteLength);
    if (box === null && view.byteLength - at > LONGEST_CUT) {
      throw new RangeError("A box is cut off");
    }
    if (box === null) return { boxes, cut: true };
    boxes.push(box);
    at = box.end;
  }
  return { boxes, cut: false };
}

/** The only box of a type in another one, or null. */
export function boxInside(view: DataView, box: Mp4Box, type: string): Mp4Box | null {
  return onlyBox(boxesIn(view, box.from, box.end), type);
}

/** The only box of a type, or null. */
export function onlyBox(boxes: readonly Mp4Box[], type: string): Mp4Box | null {
  const [first, second] = boxes.filter((each) => each.type === type);
  return first !== undefined && second === undefined ? first : null;
}

/** Four letters, such as a type. */
export function lettersAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}
