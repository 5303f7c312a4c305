import fc from "fast-check";
import { strictEqual } from "node:assert/strict";
import { renderWithoutShortcut } from "./markdown.ts";
import { plainToHtml } from "./plain.ts";

const PARTS = [
  ..."abz019 .,;:!?'\"()/%^+-=<>&#~{}|@$*_`[]\\\n\t\r\0\u00a0\u2028\u05d0é😀\ud800\f",
  "\n\n",
  "\n ",
  "\n- ",
  "\n1. ",
  "\n12) a",
  "\n--",
  "\n==",
  "\n#",
  "\n>",
  "http:",
  "https://e.org",
  "mailto:",
  "www.e.org",
  "e.org",
  "a & b",
  "a < b > c",
  "~~",
  "&amp;",
  "<br>",
  "Hello there, ",
  "3.5 kg",
];

Deno.test("plainToHtml() returns the parser's result", () => {
  let plain = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PARTS), { maxLength: 8 }), (parts) => {
      const html = plainToHtml(parts.join(""));
      if (html === null) return;
      plain++;
      strictEqual(html, renderWithoutShortcut(parts.join("")));
    }),
    { numRuns: 20_000 },
  );
  strictEqual(plain > 2_000, true, `only ${plain} texts were plain`);
});

Deno.test("plainToHtml() is null for any text with markup", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
      const html = plainToHtml(text);
      if (html !== null) strictEqual(html, renderWithoutShortcut(text));
    }),
    { numRuns: 3_000 },
  );
});

Deno.test("plainToHtml() accepts ordinary sentences", () => {
  const text = 'Yes: it\'s 3.5 kg - about 40% of "that".\n\nIt costs < 5 & lasts (at most) 10:30!';
  strictEqual(
    plainToHtml(text),
    '<p dir="auto">Yes: it\'s 3.5 kg - about 40% of &quot;that&quot;.</p>\n' +
      '<p dir="auto">It costs &lt; 5 &amp; lasts (at most) 10:30!</p>\n',
  );
});
