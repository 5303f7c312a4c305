import { borderIn, IDLE_SPACE, skip } from "./split_borders.ts";

const FENCE = "```";
const REOPEN = `${FENCE}\n`;
const CLOSE = `\n${FENCE}`;
/** Below this a reopened code block would leave no room for its code. */
const SMALLEST = 32;

/**
 * Cuts a text into messages of at most `limit` UTF-16 units: between paragraphs,
 * else lines, else sentences, else words, else grapheme clusters. Twilio counts
 * no more than UTF-16 units of its 1,600, so 1,500 holds however it counts.
 * White space at the cuts is dropped, a code block that is cut is closed and
 * opened again, and nothing else is changed. An address is cut only when it is
 * longer than a message by itself, and so is a grapheme cluster (by code points).
 * A text of white space alone gives no message.
 * https://www.twilio.com/docs/api/errors/21617
 *
 * @throws {RangeError} when the limit is below 32.
 */
export function splitMessage(text: string, limit = 1500): string[] {
  if (limit < SMALLEST) throw new RangeError(`Cannot cut messages of ${limit} characters`);
  const whole = text.trimEnd();
  const chunks: string[] = [];
  let from = skip(whole, 0, /\s*\n|\s*$/y);
  let inCode = false;
  while (from < whole.length) {
    const opening = inCode ? REOPEN : "";
    const to = end(whole, from, limit - opening.length, inCode);
    const body = whole.slice(from, to).trimEnd();
    const open: boolean = inCode !== (occurrences(body) % 2 === 1);
    const isLast = to === whole.length;
    if (body.trim() !== "") chunks.push(opening + body + (open && !isLast ? CLOSE : ""));
    // Inside a code block the next line keeps its indentation.
    from = open ? skip(whole, to, /(?:[^\S\n]*\n)*/y) : skip(whole, to, IDLE_SPACE);
    inCode = open;
    if (open && skip(whole, from, /\s*```/y) > from) {
      // It was closed already.
      from = skip(whole, skip(whole, from, /\s*```/y), IDLE_SPACE);
      inCode = false;
    }
  }
  return chunks;
}

function end(text: string, from: number, limit: number, inCode: boolean): number {
  if (text.length - from <= limit) return text.length;
  const mayEndInCode = inCode || text.slice(from, from + limit).includes(FENCE);
  return from + borderIn(text, from, limit - (mayEndInCode ? CLOSE.length : 0), inCode);
}

function occurrences(text: string): number {
  let count = 0;
  for (let at = text.indexOf(FENCE); at >= 0; at = text.indexOf(FENCE, at + FENCE.length)) count++;
  return count;
}
