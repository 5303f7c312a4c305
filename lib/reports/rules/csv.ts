/** What a cell may hold; numbers are written as they are, so that they can be computed with. */
export type Cell = string | number | null;

/** So that spreadsheets take it for UTF-8. */
const BYTE_ORDER_MARK = "\uFEFF";

/** What spreadsheets run as a formula, wide forms and leading blanks included. */
const FORMULA = /^[\t\r]|^\s*[=+\-@＝＋－＠]/;

/** A table as RFC 4180 has it, for people's spreadsheets. */
export function csv(rows: readonly (readonly Cell[])[]): string {
  const lines = rows.map((row) => row.map(cellOf).join(","));
  return BYTE_ORDER_MARK + lines.map((line) => `${line}\r\n`).join("");
}

/** An apostrophe before what would be run: it is text then, and stays readable. */
function cellOf(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
