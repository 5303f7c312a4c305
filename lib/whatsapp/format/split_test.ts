import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { growth, LINEAR } from "@/tests/support/growth.ts";
import { formatForWhatsApp } from "./format.ts";
import { splitMessage } from "./split.ts";
import { spansOf } from "./split_spans.ts";

/** Without the characters that a split may drop or add. */
const bare = (text: string) => text.replace(/[\s*_~`>]+/g, "");
const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });
const longestCluster = (text: string) =>
  Math.max(0, ...[...GRAPHEMES.segment(text)].map(({ segment }) => segment.length));

const PIECES = [
  "word ",
  "longerwordwithoutanyspace",
  "A sentence. ",
  "¿Qué? ",
  "。",
  "\n",
  "\n\n",
  "\r\n",
  "```",
  "```\n",
  "\n```\n",
  "`",
  "*bold words* ",
  "_i_ ",
  "~",
  "- item\n",
  "  ",
  "\u00a0",
  "👨‍👩‍👧‍👦",
  "👍🏽",
  "🇰🇪",
  "1️⃣",
  "नमस्ते ",
  "السَّلامُ ",
  "e\u0301",
  " \u0301",
  "\u0600",
  "가",
  "\ud800",
  "https://obt.example/a_b*c~d?x=1 ",
  "(https://obt.example/",
];

const anyText = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "binary" })), {
  maxLength: 120,
}).map((pieces) => pieces.join(""));

Deno.test("splitMessage() keeps all text in order in messages that fit and are not empty", () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 32, max: 200 }), (text, limit) => {
      const chunks = splitMessage(text, limit);
      for (const chunk of chunks) {
        assert.ok(chunk.length <= limit, `${chunk.length} > ${limit}`);
        assert.notEqual(chunk.trim(), "");
      }
      assertEquals(chunks.map(bare).join(""), bare(text));
    }),
    { numRuns: 3_000 },
  );
});

Deno.test("splitMessage() splits no grapheme cluster", () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 32, max: 120 }), (marked, limit) => {
      // With marks, or clusters longer than a message, offsets cannot be compared.
      const text = marked.replace(/[*_~`>]/g, "");
      fc.pre(longestCluster(text) < 32);
      const borders = new Set([...GRAPHEMES.segment(text)].map(({ index }) => index));
      let from = 0;
      for (const chunk of splitMessage(text, limit)) {
        const at = text.indexOf(chunk, from);
        assert.ok(at >= 0, "A message is no part of the text");
        assert.equal(text.slice(from, at).trim(), "");
        from = at + chunk.length;
        assert.ok(
          borders.has(at) && (borders.has(from) || /^(\s|$)/.test(text.slice(from))),
          chunk,
        );
      }
    }),
    { numRuns: 3_000 },
  );
});

/** Words named after their formatting: bold, italic, struck, code, quoted. */
const KINDS = { b: "*", i: "_", s: "~", c: "`" } as const;
type Kind = keyof typeof KINDS;
const MARKDOWN: Readonly<Record<Kind, (words: string) => string>> = {
  b: (words) => `**${words}**`,
  i: (words) => `_${words}_`,
  s: (words) => `~~${words}~~`,
  c: (words) => `\`${words}\``,
};

const run = fc.record({
  kinds: fc.subarray<Kind>(["b", "i", "s", "c"]),
  words: fc.array(fc.constantFrom("oo", "ooooooo", "oo.", "ooooooooooooooo", "oo,"), {
    minLength: 1,
    maxLength: 25,
  }),
});
const paragraph = fc.record({
  quoted: fc.boolean(),
  runs: fc.array(run, { minLength: 1, maxLength: 4 }),
});

Deno.test("splitMessage() makes each message well-formed by itself", () => {
  const texts = fc.array(paragraph, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 40, max: 160 }), (paragraphs, limit) => {
      const markdown = paragraphs.map(({ quoted, runs }) => {
        const text = runs.map(({ kinds, words }) => {
          const name = `${quoted ? "q" : "p"}${kinds.join("")}`;
          const plain = words.map((word) => name + word).join(" ");
          return kinds.toReversed().reduce((inside, kind) => MARKDOWN[kind](inside), plain);
        }).join(" ");
        return (quoted ? "> " : "") + text;
      }).join("\n\n");
      for (const part of splitMessage(formatForWhatsApp(markdown), limit)) {
        assert.ok(part.length <= limit);
        for (const { 0: word, index } of part.matchAll(/[qp][bisc]*o+/g)) {
          const about = `${word} at ${index} of ${JSON.stringify(part)}`;
          const line = part.slice(part.lastIndexOf("\n", index) + 1);
          assert.equal(line.startsWith("> "), word.startsWith("q"), about);
          const inside = spansOf(part).filter(({ start, end }) => start < index && index < end)
            .map(({ start }) => part.charAt(start)).sort().join("");
          const expected = (Object.keys(KINDS) as Kind[]).filter((kind) => word.includes(kind))
            .map((kind) => KINDS[kind]).sort().join("");
          assert.equal(inside, expected, about);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("splitMessage() reopens a quotation and bold words longer than a message", () => {
  const words = "word ".repeat(20).trim();
  for (const part of splitMessage(`> ${words}`, 40)) assert.match(part, /^> word( word)*$/);
  for (const part of splitMessage(`*${words}*`, 40)) assert.match(part, /^\*word( word)*\*$/);
  for (const part of splitMessage(`> *_${words}_*`, 40)) {
    assert.match(part, /^> \*_word( word)*_\*$/);
  }
  for (const part of splitMessage(`> \`\`\`\n> ${"x".repeat(90)}\n> \`\`\``, 40)) {
    assert.match(part, /^> ```\n> x+\n> ```$/);
  }
  assertEquals(splitMessage(`> ${"a".repeat(30)}\n>\n> ${"b".repeat(30)}`, 40), [
    `> ${"a".repeat(30)}`,
    `> ${"b".repeat(30)}`,
  ]);
});

Deno.test("splitMessage() keeps a mark with its content where no word ends", () => {
  for (let length = 30; length < 140; length++) {
    for (const part of splitMessage(`${"y".repeat(9)} *${"x".repeat(length)}*`, 40)) {
      assert.match(part, /^(y+|y+ \*x+\*|\*x+\*)$/, `${length}: ${part}`);
    }
  }
});

Deno.test("splitMessage() keeps a mark closed at a split off an address", () => {
  const text = `*${"word ".repeat(6)}https://a.example/b ${"word ".repeat(9).trim()}*`;
  for (const part of splitMessage(text, 50)) {
    assert.ok(!/https:\S*\*|\*https:/.test(part), part);
  }
});

Deno.test("splitMessage() splits no address that fits a message", () => {
  const address = "https://obt.example/resources/ruth?chapter=1&verse=16";
  fc.assert(
    fc.property(fc.array(fc.constantFrom("ab ", "word", "\n", "x. ", `${address} `)), (pieces) => {
      const text = pieces.join("");
      const found = splitMessage(text, 64).flatMap((chunk) => chunk.match(/https:\S+/g) ?? []);
      const asked = text.match(/https:\S+/g) ?? [];
      assert.ok(asked.every((each) => each.length > 64 || found.includes(each)), text);
    }),
  );
});

Deno.test("splitMessage() splits an address that is longer than a message", () => {
  const address = `https://obt.example/${"a".repeat(100)}`;
  const chunks = splitMessage(`See ${address} there`, 50);
  assertEquals(chunks[0], "See");
  assertEquals(chunks.join("").includes(address), true);
});

Deno.test("splitMessage() closes and reopens a code block at a split", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("let a = 1;", "  indented();", "", "x".repeat(70)), {
        minLength: 8,
      }),
      fc.string({ unit: fc.constantFrom("a", " ", "\n", ".") }),
      (lines, before) => {
        const text = `${before}\n\`\`\`\n${lines.join("\n")}\n\`\`\`\nafter`;
        for (const chunk of splitMessage(text, 60)) {
          const marks = chunk.split("```").length - 1;
          assert.equal(marks % 2, 0, chunk);
          assert.ok(!/^```\s*```$/m.test(chunk) || lines.join("").trim() === "", chunk);
        }
      },
    ),
  );
});

Deno.test("splitMessage() keeps the indentation of code continued in the next message", () => {
  const text = `\`\`\`\n${"x".repeat(30)}\n    deep()\n\`\`\``;
  assertEquals(splitMessage(text, 40), [
    `\`\`\`\n${"x".repeat(30)}\n\`\`\``,
    "```\n    deep()\n```",
  ]);
});

Deno.test("splitMessage() prefers paragraphs, then lines, then sentences, then words", () => {
  const a = "a".repeat(20);
  assertEquals(splitMessage(`${a}\n\n${a} one.\nmore`, 45), [a, `${a} one.\nmore`]);
  assertEquals(splitMessage(`${a}\n${a}. bbb bbb bbb`, 45), [a, `${a}. bbb bbb bbb`]);
  assertEquals(
    splitMessage(`${a}. Next ${a} ${a}`, 45),
    [`${a}.`, `Next ${a}`, a].map((each) => each),
  );
  assertEquals(splitMessage(`${a} ${a} ${a}`, 45), [`${a} ${a}`, a]);
});

Deno.test("splitMessage() splits outside bold words if another border is near", () => {
  const text = `${"word ".repeat(6)}*${"bold ".repeat(4)}end* ${"more ".repeat(6)}`;
  assertEquals(splitMessage(text, 48)[0], "word ".repeat(6).trim());
});

Deno.test("splitMessage() gives no message for white space and returns a short text unchanged", () => {
  assertEquals(splitMessage(" \n\n\t "), []);
  assertEquals(splitMessage(""), []);
  assertEquals(splitMessage("Hello\n\n- world"), ["Hello\n\n- world"]);
  assert.throws(() => splitMessage("a", 31), RangeError);
});

Deno.test("splitMessage() takes linear time for 1 MB of any input", () => {
  const parts = [
    "a",
    " ",
    "word ",
    "A. ",
    "\n",
    "`",
    "```\n",
    "*a",
    "👨‍👩‍👧‍👦",
    "e\u0301",
    " \u0301",
    "https://a.b/",
    "。",
    "_ *",
  ];
  for (const part of parts) {
    const grows = growth(
      250_000,
      (size) => void splitMessage(`x${part.repeat(Math.ceil(size / part.length))}y`),
    );
    assert.ok(
      grows < LINEAR,
      `${JSON.stringify(part)}: ${grows} times as long for 4 times as much`,
    );
  }
});
