/** A cell; numbers are written unquoted, so that spreadsheets compute with them. */
export type Cell = string | number | null;

/** Makes spreadsheets read UTF-8. */
const BYTE_ORDER_MARK = "\uFEFF";

/** Text that spreadsheets run as a formula, with full-width forms and leading blanks. */
const FORMULA = /^[\t\r]|^\s*[=+\-@＝＋－＠]/;
/**
 * The same inside of a text, where a spreadsheet begins a cell if its separator is another one; a
 * quote there is the cell's own.
 */
const LATER_FORMULA = /([;|\t\r\n][\s"]*)(?=[=+\-@＝＋－＠])/g;

/** A table as CSV (RFC 4180) for spreadsheets. */
export function csv(rows: readonly (readonly Cell[])[]): string {
  const lines = rows.map((row) => row.map(cellOf).join(","));
  return BYTE_ORDER_MARK + lines.map((line) => `${line}\r\n`).join("");
}

/** Puts an apostrophe before a formula, which makes it text. */
function cellOf(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const first = FORMULA.test(cell) ? `'${cell}` : cell;
  const safe = first.replace(LATER_FORMULA, "$1'");
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
