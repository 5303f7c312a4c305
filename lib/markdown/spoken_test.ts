import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { fittingSpeech, spokenText } from "./spoken.ts";

Deno.test("spokenText() reads words, without marks, code blocks, addresses and emoji", () => {
  const cases: [markdown: string, said: string][] = [
    ["**Luke 15** tells _three_ stories.", "Luke 15 tells three stories."],
    ["# The lost sheep 🐑\n\nA man had `100` sheep", "The lost sheep.\nA man had 100 sheep."],
    ["Try:\n\n```js\nalert(1)\n```\n\nDone!", "Try:\nDone!"],
    ["- one\n- two\n  1. deep", "one.\ntwo.\ndeep."],
    ["See [the page](https://a.example/b) (https://c.example/d).", "See the page."],
    ["Write to https://a.example/b, please", "Write to, please."],
    ["| A | B |\n|---|---|\n| 1 | 2 |", "A, B.\n1, 2."],
    ["So $x + 1$ and $\\frac{1}{2}$ and\n\n$$\\sum x$$", "So x + 1 and and."],
    ["![a sheep](https://a.example/s.png)", ""],
    ["أين الخروف؟ 👍🏽", "أين الخروف؟"],
    ["भेड़ कहाँ है।", "भेड़ कहाँ है।"],
    ["> quoted\n\n---\n\n👍", "quoted."],
    ["a &amp; b \\* c<br>d", "a & b * c d."],
  ];
  for (const [markdown, said] of cases) assertEquals(spokenText(markdown), said, markdown);
});

Deno.test("fittingSpeech() cuts after a sentence, else after a word, and names the last words", () => {
  const text = "One two three. Four five six seven. Eight nine.";
  assertEquals(fittingSpeech(text, 100), { text, cutAfter: null });
  assertEquals(fittingSpeech(text, text.length), { text, cutAfter: null });
  assertEquals(fittingSpeech(text, text.length - 1), {
    text: "One two three. Four five six seven.",
    cutAfter: "two three. Four five six seven.",
  });
  assertEquals(fittingSpeech(text, 10).text, "One two");
  assertEquals(fittingSpeech("a".repeat(20), 10).text, "a".repeat(10));
});

Deno.test("fittingSpeech() is a beginning of the text within the limit, for any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), fc.integer({ min: 4, max: 60 }), (
      text,
      most,
    ) => {
      const { text: said, cutAfter } = fittingSpeech(text, most);
      assert.ok(said.length <= Math.max(most, 0), `${said.length} of ${most}`);
      assert.equal(cutAfter === null, text.length <= most);
      if (cutAfter !== null) {
        assert.ok(text.trimStart().startsWith(said) || said.includes("\ufffd"));
      }
    }),
  );
});

Deno.test("spokenText() is total, and holds no address or code block, for any text", () => {
  const part = fc.constantFrom(
    "a ",
    "**",
    "`",
    "```\ncode\n```\n",
    "https://x.example/y ",
    "\n\n",
    "- ",
    "|",
    "$",
    "😀",
  );
  fc.assert(fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
    assert.doesNotMatch(spokenText(parts.join("")), /https?:\/\//);
  }));
});
