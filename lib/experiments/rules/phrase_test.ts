import { assertEquals } from "@/tests/support/assert.ts";
import { saysPhrase } from "./phrase.ts";

Deno.test("saysPhrase() finds whole words in any case, with or without accents", () => {
  for (
    const [text, phrase, found] of [
      ["Thank you!", "thank YOU", true],
      ["thank\n  you", "thank you", true],
      ["Thankyou", "thank you", false],
      ["I am unthankful", "thank", false],
      ["C’est résolu, merci", "resolu", true],
      ["c'est resolu", "C’est résolu", true],
      ["ﬁnished", "finished", true],
      ["abcdone", "done", false],
      ["done.", "done", true],
      ["undone, then done", "done", true],
      ["", "done", false],
      ["anything", "", false],
      ["anything", "  ", false],
    ] as const
  ) assertEquals(saysPhrase(text, phrase), found, `${text} / ${phrase}`);
});

Deno.test("saysPhrase() reads scripts without spaces, and vowel signs as parts of a word", () => {
  assertEquals(saysPhrase("ขอบคุณมากครับ", "ขอบคุณ"), true);
  assertEquals(saysPhrase("我明白了，谢谢你", "谢谢"), true);
  assertEquals(saysPhrase("شُكْرًا لك", "شكرا"), true);
  assertEquals(saysPhrase("धन्यवाद जी", "धन्यवाद"), true);
  // The vowel sign makes another word of it.
  assertEquals(saysPhrase("की", "कि"), false);
});
