import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { csv } from "./csv.ts";

Deno.test("csv() writes RFC 4180 with a byte order mark", () => {
  assertEquals(
    csv([["Day", "Name"], ['say "hi"', "a, b"], ["two\nlines", -1.5], [null, ""]]),
    '\uFEFFDay,Name\r\n"say ""hi""","a, b"\r\n"two\nlines",-1.5\r\n,\r\n',
  );
});

Deno.test("csv() writes no text as a formula", () => {
  for (
    const bad of ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "  =1", "＝1", '=cmd|"/C calc"!A0']
  ) {
    const [, cell = ""] = /^\uFEFF"?([^]*)$/.exec(csv([[bad]])) ?? [];
    assertEquals(cell[0], "'", JSON.stringify(bad));
  }
  assertEquals(csv([["a=b", "1-2", "x@y"]]), "\uFEFFa=b,1-2,x@y\r\n");
});

Deno.test("csv() writes no formula for spreadsheets that separate cells by another sign", () => {
  for (const sign of [";", "|", "\t", "\n", "\r", "; ", ';"', '; " ']) {
    for (const formula of ['=HYPERLINK("x")', "+1", "-1", "@A1", "＝1"]) {
      const text = csv([["Day", `Name${sign}${formula};b`]]);
      for (const cell of text.split(/[;|\t\r\n,]/)) {
        // A cell that begins with a quote is read without it, whatever follows.
        assert.doesNotMatch(cell, /^[\s"]*[=+\-@＝]/, JSON.stringify(text));
      }
    }
  }
  assertEquals(csv([["a; b", "1;2"]]), "\uFEFFa; b,1;2\r\n");
});

Deno.test("csv() round-trips, except for the apostrophe of a formula", () => {
  const table = fc.array(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 4 }));
  fc.assert(
    fc.property(table, (rows) => {
      const back = read(csv(rows).slice(1));
      assertEquals(back.length, rows.length);
      for (const [i, row] of rows.entries()) {
        for (const [j, text] of row.entries()) {
          const cell = back[i]?.[j] ?? "";
          const bare = (of: string) => of.replaceAll("'", "");
          assertEquals(bare(cell), bare(text));
          assert.ok(!/^[=+\-@\t\r]/.test(cell));
        }
      }
    }),
    { numRuns: 300 },
  );
});

/** RFC 4180 reader for this test. */
function read(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (
    const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)
  ) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
