/** How an answer begins. Names are in lower case; values of the same name are joined with commas. */
export interface Head {
  status: number;
  headers: ReadonlyMap<string, string>;
  /** Whether it is one of HTTP/1.0. */
  old: boolean;
}

/** What came is no answer of HTTP/1.1, or not the whole of one. */
export class BadAnswer extends Error {
  override name = "BadAnswer";
}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: .*)?$/;
const NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
// deno-lint-ignore no-control-regex -- what RFC 9110, section 5.5, forbids
const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/;

/**
 * Reads the status line and the header fields of an answer (RFC 9112, sections 4 and 5).
 * @throws {BadAnswer}
 */
export function parseHead(text: string): Head {
  const [first = "", ...lines] = text.split("\r\n");
  const [, minor, digits] = STATUS_LINE.exec(first) ?? [];
  if (digits === undefined || CONTROL.test(first)) {
    throw new BadAnswer("The answer does not begin as one of HTTP/1.1");
  }
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon)).toLowerCase();
    if (!NAME.test(name) || CONTROL.test(line)) {
      throw new BadAnswer("The answer's head cannot be read");
    }
    const value = line.slice(colon + 1).trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return { status: Number(digits), headers, old: minor === "0" };
}
