import { assertEquals } from "@/tests/support/assert.ts";
import { canBeSaid, saysPhrase } from "./phrase.ts";

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

Deno.test("saysPhrase() does not heed joiners, marks of direction and stretched letters", () => {
  for (
    const [text, phrase] of [
      // As WhatsApp and keyboards of right-to-left scripts send it.
      ["شكرا\u200f", "شكرا"],
      ["\u202bشكرا جزيلا\u202c", "شكرا"],
      ["شكـــرا", "شكرا"],
      ["شكرا", "شكـرا\u200e"],
      ["می\u200cخواهم", "میخواهم"],
      ["क्\u200dष", "क्ष"],
      ["हल हो गया\u200b।", "हल हो गया"],
      ["\ufeffthank\u00ad you", "thank you"],
      // Precomposed and decomposed nukta.
      ["ज़रूर", "ज\u093cरूर"],
    ] as const
  ) assertEquals(saysPhrase(text, phrase), true, `${text} / ${phrase}`);
  assertEquals(["\u0301", "\u200f", " \u200b ", ""].filter(canBeSaid), []);
  assertEquals(["…", "ok", "شكرا", "👍"].every(canBeSaid), true);
});
