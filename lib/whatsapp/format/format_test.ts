import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { growth, LINEAR } from "@/tests/support/growth.ts";
import { formatForWhatsApp } from "./format.ts";
import { spansOf } from "./split_spans.ts";

function writes(name: string, cases: [markdown: string, expected: string][]): void {
  Deno.test(`formatForWhatsApp(): ${name}`, () => {
    for (const [markdown, expected] of cases) {
      assertEquals(formatForWhatsApp(markdown), expected, JSON.stringify(markdown));
    }
  });
}

writes("bold, italic and strike", [
  ["**a** and __b__", "*a* and *b*"],
  ["*a* and _b_", "_a_ and _b_"],
  ["~~a~~", "~a~"],
  ["***both***", "_*both*_"],
  ["**a *b* c**", "*a _b_ c*"],
  ["**a __b__ c**", "*a b c*"],
  ["**two\nlines**", "*two*\n*lines*"],
  // WhatsApp would show the mark, because it is inside a word.
  ["in**tra**word", "intraword"],
  ["**bold**.", "*bold*."],
  ["(**bold**)", "(*bold*)"],
  ["中**文**字", "中文字"],
]);
writes("headings are bold", [
  ["# Title\n\nText", "*Title*\n\nText"],
  ["## A **b** `c`", "*A b `c`*"],
  ["Title\n=====\nText", "*Title*\n\nText"],
]);
writes("code stays as it is", [
  ["`a_b*c*`", "`a_b*c*`"],
  ["```js\nlet a = 1;\n\n  b();\n```", "```\nlet a = 1;\n\n  b();\n```"],
  ["    indented", "```\nindented\n```"],
  ["``a`b``", "```a`b```"],
  ["Look:\n```\nx\n```\nSo", "Look:\n\n```\nx\n```\n\nSo"],
  ["````\n```\nx\n```\n````", "```\nˋˋˋ\nx\nˋˋˋ\n```"],
]);
writes("lists", [
  ["- a\n- b", "- a\n- b"],
  ["* a\n  * b\n    * c\n* d", "- a\n  - b\n    - c\n- d"],
  ["3. a\n4. b", "3. a\n4. b"],
  ["1. a\n   - b\n2. c", "1. a\n  - b\n2. c"],
  ["- a\n\n  second\n- b", "- a\n  second\n- b"],
  ["Text\n\n- a\n- b\n\nMore", "Text\n\n- a\n- b\n\nMore"],
  ["- [ ] to do\n- [x] done", "- ☐ to do\n- ☑ done"],
  ["- a\n  ```\n  x\n  ```\n- b", "- a\n```\nx\n```\n- b"],
  ["- **a**: b", "- *a*: b"],
]);
writes("quotes", [
  ["> a\n> b", "> a\n> b"],
  ["> a\n>\n> b\n\nc", "> a\n>\n> b\n\nc"],
  ["> > a", "> a"],
  ["> - a\n> - b", "> - a\n> - b"],
  ["\\> no quote", "› no quote"],
]);
writes("an address follows its link text, once", [
  ["[Ruth](https://a.org/ruth_1)", "Ruth (https://a.org/ruth_1)"],
  ["https://a.org/a_b_c*d*", "https://a.org/a_b_c*d*"],
  ["<https://a.org>", "https://a.org"],
  ["[https://a.org](https://a.org/)", "https://a.org/"],
  ["[a.org](https://a.org)", "https://a.org"],
  ["[write](mailto:a@b.org)", "write (a@b.org)"],
  ["a@b.org", "a@b.org"],
  ["[](https://a.org)", "https://a.org"],
  ["**[Ruth](https://a.org)**", "*Ruth (https://a.org)*"],
  ["[x](javascript:alert)", "[x](javascript:alert)"],
]);
writes("no mark touches an address", [
  ["**https://example.com**", "https://example.com"],
  ["## https://example.com", "https://example.com"],
  ["[**https://example.com**](https://example.com)", "https://example.com"],
  ["**[https://example.com](https://example.com)**", "https://example.com"],
  ["**a@b.org**", "a@b.org"],
  ["_https://example.com/_", "https://example.com/"],
  ["~~https://example.com~~", "https://example.com"],
  ["***https://example.com***", "https://example.com"],
  ["`https://example.com`", "https://example.com"],
  ["`curl https://example.com`", "curl https://example.com"],
  ["**www.example.com**", "www.example.com"],
  ["**wa.me/41791234567**", "wa.me/41791234567"],
  ["**See https://example.com**", "*See* https://example.com"],
  ["**https://example.com now**", "https://example.com *now*"],
  ["**https://example.com, or call**", "https://example.com, *or call*"],
  ["**See https://example.com now**", "*See https://example.com now*"],
  ["## Write to a@b.org", "*Write to* a@b.org"],
  ["**a _b https://example.com_**", "*a _b_* https://example.com"],
  ["**Link:** https://example.com", "*Link:* https://example.com"],
  ["**(https://example.com)**", "*(https://example.com)*"],
  ["[See **https://b.org**](https://a.org)", "See https://b.org (https://a.org)"],
  ["|Link|B|\n|-|-|\n|https://a.org|1|", "- https://a.org – B: 1"],
  ["**Node.js** and **and/or**", "*Node.js* and *and/or*"],
]);
writes("an image becomes its description", [
  ["![A *red* house](https://a.org/i.png)", "A red house"],
  ["![](https://a.org/i.png)", "https://a.org/i.png"],
  ["[![alt](https://a.org/i.png)](https://b.org)", "alt (https://b.org)"],
]);
writes("a table becomes a list of its rows", [
  [
    "|Book|Author|Year|\n|-|-|-|\n|Ruth|?|1|\n|Job||2|",
    "- *Ruth* – Author: ?; Year: 1\n- *Job* – Year: 2",
  ],
  ["|a|\n|-|\n|1|\n|2|", "- 1\n- 2"],
  ["|a|b|\n|-|-|\n|**1**|x<br>y|", "- *1* – b: x y"],
  ["|a|b|\n|-|-|", "- a – b"],
  ["Text\n\n|a|\n|-|\n|1|\n\nMore", "Text\n\n- 1\n\nMore"],
]);
writes("a formula becomes Unicode", [
  ["$x^2 + y_1 \\le 10$", "x² + y₁ ≤ 10"],
  ["$$\\frac{a+b}{2}$$", "(a+b)/2"],
  ["$\\frac{1}{2}bh^2$", "(1/2)bh²"],
  ["\\(\\sqrt{16} = 4\\)", "√16 = 4"],
  ["$$\n\\alpha \\times \\beta\n$$", "α × β"],
  ["$\\text{speed} = 5$", "speed = 5"],
  ["$$\\begin{pmatrix} 1 & 2 \\end{pmatrix}$$", "\\begin{pmatrix} 1 & 2 \\end{pmatrix}"],
  ["costs $5 or $10", "costs $5 or $10"],
]);
writes("mark characters in the text become lookalikes", [
  ["\\*not bold\\*", "∗not bold∗"],
  ["\\_a\\_ \\~b\\~ \\`c\\`", "ˍaˍ ∼b∼ ˋcˋ"],
  ["snake_case_name", "snake_case_name"],
  ["2 * 3 * 4", "2 * 3 * 4"],
  ["5*3*2 and 2**3**4", "5*3*2 and 2∗∗3∗∗4"],
  ["price* once", "price* once"],
  ["&lt;b&gt; &amp; <b>", "<b> & <b>"],
]);
writes("other blocks", [
  ["a\n\n---\n\nb", "a\n\n———\n\nb"],
  ["a  \nb\nc", "a\nb\nc"],
  ["", ""],
  ["مرحبا **بك**", "مرحبا *بك*"],
]);

const PIECES = [
  "a",
  "b c",
  " ",
  "\n",
  "*",
  "**",
  "_",
  "__",
  "~~",
  "~",
  "`",
  "\\*",
  "\\_",
  "[x](https://a.b)",
  ".",
  "(",
  "é",
  "文",
  "> ",
  "- ",
];

Deno.test("formatForWhatsApp() formats no text without Markdown marks", () => {
  const escaped = fc.array(
    fc.constantFrom("a", " ", "b c", "\\*", "\\_", "\\~", "\\`", ".", "(", "é"),
    { maxLength: 30 },
  )
    .map((pieces) => `x ${pieces.join("")}`);
  fc.assert(
    fc.property(
      escaped,
      (markdown) => assertEquals(spansOf(formatForWhatsApp(markdown)), [], markdown),
    ),
    { numRuns: 3_000 },
  );
});

Deno.test("formatForWhatsApp() lets no mark touch an address", () => {
  // Characters in code are not marks.
  const pieces = [
    ...PIECES.filter((piece) => piece !== "`"),
    ..."https://a.b https://a.b [https://a.b](https://a.b) see".split(" "),
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 20 }), (pieces) => {
      // Characters directly after an address belong to it.
      const markdown = pieces.join("").replace(/(https:\/\/a\.b)(?=[^\s*)\]])/g, "$1 ");
      const text = formatForWhatsApp(markdown).replace(/```[^]*?(```|$)/g, "");
      for (const { start, end } of spansOf(text)) {
        const around = `${text.slice(start - 12, start)}\0${text.slice(start + 1, start + 12)}`;
        const behind = `${text.slice(end - 12, end - 1)}\0${text.slice(end, end + 12)}`;
        const about = `${JSON.stringify(markdown)}: ${text}`;
        assert.ok(!/a\.b\0|\0https:/.test(around), about);
        assert.ok(!/a\.b\0|\0https:/.test(behind), about);
      }
    }),
    { numRuns: 5_000 },
  );
});

Deno.test("formatForWhatsApp() keeps the letters in order and leaves no superfluous white space", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }), (pieces) => {
      const markdown = pieces.join("").replaceAll("[x](https://a.b)", "x");
      // The text after a fence is a language name.
      fc.pre(!/~~~|```/.test(markdown));
      const letters = (text: string) => text.replace(/[^abcéx文]/g, "");
      const text = formatForWhatsApp(markdown);
      assertEquals(letters(text), letters(markdown));
      assertEquals(text, text.trimEnd());
      assert.ok(!/\n{3}/.test(text.replace(/```[^]*?```/g, "")), JSON.stringify(text));
    }),
    { numRuns: 3_000 },
  );
});

Deno.test("formatForWhatsApp() takes linear time for 64 KiB of any input", () => {
  for (
    const part of [
      "*a",
      "**a** ",
      "_*",
      "`",
      "- a\n",
      "- > ",
      "|a|b|\n|-|-\n",
      "$x^{y_{z}}$ ",
      "[a](",
      "![",
      "\\*",
      "> a\n",
      "~~a~~ ",
      "a\n",
      "- a\n  - b\n",
    ]
  ) {
    const grows = growth(
      16_384,
      (size) => void formatForWhatsApp(part.repeat(Math.ceil(size / part.length))),
    );
    assert.ok(
      grows < LINEAR,
      `${JSON.stringify(part)}: ${grows} times as long for 4 times as much`,
    );
  }
});
