import fc from "fast-check";
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { BlockStream } from "./blocks.ts";
import { renderMarkdown } from "../markdown.ts";

/** Lines that begin, continue and end each kind of block; random texts combine them. */
const LINES = [
  "",
  "",
  "",
  " ",
  "plain words",
  "  indented words",
  "    four in",
  "\ttab",
  "# Heading",
  " ## Heading",
  "- item",
  "-",
  "* star",
  "  - nested",
  "   - three in",
  "-     far",
  "-\ttabbed",
  "1. one",
  "2) two",
  "  3. three",
  "100. hundred",
  "10.",
  "    - in item",
  "> quote",
  "> - quoted item",
  ">",
  "```js",
  "```",
  "  ```",
  "   ~~~",
  "~~~",
  "- ```",
  "    ```",
  "````",
  "---",
  "***",
  "- - -",
  "===",
  "| a | b |",
  "|---|---|",
  "a | b",
  "$$",
  "$$ x",
  "x $$ y",
  "  $$",
  "\\[",
  "\\[ a",
  "\\]",
  "[ref]: https://e.org",
  "[ref]",
  "[ref]:",
  "a\rb",
  "\r",
  "**bold** `code`",
  "<br>",
  "- [ ] task",
  "- שלום",
  "$$ a $$",
  "  $$ z",
  "b \\] c",
  "-\t- x",
  "-   ```js",
  "> ```",
];

const texts = fc.array(fc.constantFrom(...LINES), { maxLength: 14 }).chain((lines) =>
  fc.constantFrom("\n", "\r\n", "\n\n").map((end) => lines.join(end))
);

function pieces(text: string, cuts: number[]): string[] {
  const at = [...new Set(cuts.map((cut) => text.length === 0 ? 0 : cut % text.length))].sort((
    a,
    b,
  ) => a - b);
  return [0, ...at].map((start, index) => text.slice(start, at[index]));
}

Deno.test("BlockStream's blocks joined are the whole text's HTML", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const stream = new BlockStream();
      const blocks = [...stream.push(text), ...stream.end()];
      strictEqual(stream.html, renderMarkdown(text));
      if (!text.includes("[ref]:")) strictEqual(blocks.join(""), renderMarkdown(text));
      strictEqual(stream.upTo, text.length);
    }),
    { numRuns: 3_000 },
  );
});

Deno.test("BlockStream finishes the same blocks however the text is split", () => {
  fc.assert(
    fc.property(texts, fc.array(fc.nat(500), { maxLength: 12 }), (text, cuts) => {
      const byLine = new Map<number, [number, string]>();
      const reference = new BlockStream();
      let html = "";
      for (let index = 0; index < text.length; index++) {
        html += reference.push(text.charAt(index)).join("");
        byLine.set(index + 1, [reference.upTo, html]);
      }
      const stream = new BlockStream();
      let seen = 0;
      let joined = "";
      for (const piece of pieces(text, cuts)) {
        joined += stream.push(piece).join("");
        seen += piece.length;
        if (seen > 0) deepStrictEqual([stream.upTo, joined], byLine.get(seen));
      }
      strictEqual(joined + stream.end().join(""), html + reference.end().join(""));
    }),
    { numRuns: 500 },
  );
});

function finishedBy(text: string): number {
  const stream = new BlockStream();
  stream.push(text);
  return stream.upTo;
}

Deno.test("BlockStream finishes a paragraph at the first line after its blank line", () => {
  strictEqual(finishedBy("one\ntwo"), 0);
  strictEqual(finishedBy("one\n\ntwo"), 0);
  strictEqual(finishedBy("one\n\ntwo\n"), 5);
});

Deno.test("BlockStream finishes a fence at its end, and the block before it at its beginning", () => {
  strictEqual(finishedBy("see:\n```js\n"), 5);
  strictEqual(finishedBy("```js\na\n\n# b\n\nc\n"), 0);
  strictEqual(finishedBy("```js\na\n\nb\n```\n"), 15);
});

Deno.test("BlockStream finishes a list at a line outside it, never at its own items", () => {
  const list = "1. one\n   ```\n\n   code\n   ```\n\n2. two\n\n   more\n\n";
  strictEqual(finishedBy(list), 0);
  strictEqual(finishedBy(list + "after\n"), list.length);
});

Deno.test("BlockStream continues maths over blank lines when its opening stands alone", () => {
  strictEqual(finishedBy("$$\nx\n\ny\n\nz\n"), 0);
  strictEqual(finishedBy("$$\nx\n\ny\n$$\n"), 11);
  strictEqual(finishedBy("\\[\nx\n\\]\n"), 8);
});

Deno.test("BlockStream.html resolves a link defined in a later block", () => {
  const stream = new BlockStream();
  const blocks = [...stream.push("See [it].\n\nWords.\n\n[it]: https://e.org\n"), ...stream.end()];
  ok(!blocks.join("").includes("href"));
  ok(stream.html.includes('href="https://e.org"'));
});

Deno.test("BlockStream makes no blocks of an empty text", () => {
  const stream = new BlockStream();
  deepStrictEqual([stream.push(""), stream.push("\n \n"), stream.end(), stream.html], [
    [],
    [],
    [],
    "",
  ]);
  strictEqual(stream.upTo, 3);
});
