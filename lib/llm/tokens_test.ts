import { deepStrictEqual as equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { estimateTokens, promptTokenBound, utf8Length } from "./tokens.ts";

const utf8 = new TextEncoder();

Deno.test("utf8Length() matches TextEncoder for any text", () => {
  const anyUnits = fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units));
  fc.assert(
    fc.property(fc.oneof(anyUnits, fc.string({ unit: "grapheme" })), (text) => {
      equal(utf8Length(text), utf8.encode(text).length);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("promptTokenBound() grows with every message and is never below the bytes", () => {
  const message = fc.record({ role: fc.constant("user" as const), content: fc.string() });
  fc.assert(
    fc.property(fc.array(message), message, (before, last) => {
      const bound = promptTokenBound([...before, last]);
      ok(bound >= promptTokenBound(before) + utf8.encode(last.content).length + 4);
    }),
  );
});

/** Token counts of o200k_base by gpt-tokenizer 3.4.0. */
const known: [text: string, tokens: number][] = [
  ["The quick brown fox jumps over the lazy dog.", 10],
  ["Hello, world!", 4],
  ["Быстрая коричневая лиса перепрыгивает через ленивую собаку и бежит дальше в лес.", 27],
  ["שאלת על הנושא. הנה דוגמה לתשובה קצרה: כתבו תחילה במשפט אחד מה אתם רוצים להשיג.", 30],
  ["敏捷的棕色狐狸跳过了懒狗，然后跑进森林，在那里它的朋友们正在等它。", 27],
  ["빠른 갈색 여우가 게으른 개를 뛰어넘어 친구들이 기다리는 숲으로 달려갔습니다.", 29],
  ["🎉🎊👩‍👩‍👧‍👦🚀😀👍🏽", 21],
];
for (const [text, tokens] of known) {
  Deno.test(`estimateTokens() is close for ${text}`, () => {
    const estimate = estimateTokens(text);
    ok(estimate >= tokens * 0.7 && estimate <= tokens * 1.6, `${estimate} for ${tokens}`);
  });
}

Deno.test("estimateTokens() is 0 only for an empty text, and never above the bytes", () => {
  equal(estimateTokens(""), 0);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (text) => {
      const estimate = estimateTokens(text);
      ok(estimate > 0 && estimate <= utf8Length(text));
    }),
  );
});
