/** Length and pace of a mock reply, encoded in the question. */
export interface Pace {
  tokens: number;
  /** Delay of the first token. */
  firstMs: number;
  /** Delay between tokens; 0 writes all of them at once. */
  gapMs: number;
}

/** Begins every token of a reply and occurs nowhere else, to find the first one in raw bytes. */
export const MARK = "tqzq";

/** A question that asks the upstream for a pace. */
export function question({ tokens, firstMs, gapMs }: Pace): string {
  return `Please write ${tokens} words, begin after ${firstMs} ms, then one each ${gapMs} ms.`;
}

/** The pace in the last question of a request's body. */
export function paceIn(body: string): Pace {
  const at = body.lastIndexOf("Please write ");
  const found = /^Please write (\d+) words, begin after (\d+) ms, then one each (\d+) ms/.exec(
    body.slice(at, at + 100),
  );
  if (at < 0 || !found) throw new Error("The question names no pace");
  return { tokens: Number(found[1]), firstMs: Number(found[2]), gapMs: Number(found[3]) };
}

/** The nth token, from 0. All differ, so that a lost or doubled one shows. */
export function token(n: number): string {
  return `${n === 0 ? "" : " "}${MARK}${n}`;
}

export function reply(tokens: number): string {
  return Array.from({ length: tokens }, (_, n) => token(n)).join("");
}
