import { assert } from "@/tests/support/assert.ts";
import { LANGUAGES } from "../../shared/languages.ts";
import { stripCourtesies } from "./courtesy.ts";
import { normalise } from "./normalise.ts";
import { EVERYWHERE } from "./vocabulary.ts";
import { VOCABULARIES } from "./vocabularies.ts";
import { phrases } from "./words.ts";

Deno.test("VOCABULARIES.words have one meaning each in a language, and none is another language's STOP", () => {
  const stops = new Set(
    LANGUAGES.flatMap((language) => phrases(VOCABULARIES[language].words.stop)),
  );
  const told = new Map<string, string>();
  const everywhere: readonly string[] = EVERYWHERE;
  for (const language of LANGUAGES) {
    const own = new Map<string, string>();
    for (const [word, list] of Object.entries(VOCABULARIES[language].words)) {
      if (["use", "unlike"].includes(word) || typeof list !== "string") continue;
      for (const phrase of phrases(list)) {
        assert.ok(phrase !== "", `${language} ${word}`);
        assert.ok(
          !own.has(phrase) || own.get(phrase) === word,
          `${language}: ${phrase} is ${word} and ${own.get(phrase)}`,
        );
        own.set(phrase, word);
        assert.ok(word === "stop" || !stops.has(phrase), `${language}: ${phrase}`);
        // YES, NO and HELP count in every language, so they must agree.
        if (!everywhere.includes(word)) continue;
        assert.ok(
          !told.has(phrase) || told.get(phrase) === word,
          `${phrase}: ${word} and ${told.get(phrase)}`,
        );
        told.set(phrase, word);
      }
    }
  }
});

Deno.test("VOCABULARIES.words.own of a language is in no list of the others", () => {
  for (const language of LANGUAGES) {
    for (const [word, list = ""] of Object.entries(VOCABULARIES[language].words.own)) {
      for (const phrase of phrases(list)) {
        for (const each of LANGUAGES) {
          const lists = Object.entries(VOCABULARIES[each].words).filter(([name, list]) =>
            typeof list === "string" && name !== "unlike" && phrases(list).includes(phrase)
          );
          assert.ok(
            lists.length === 0,
            `${language} ${word}: ${phrase} in ${each} ${lists[0]?.[0]}`,
          );
        }
      }
    }
  }
});

Deno.test("stripCourtesies() removes courtesies, dashes, emoji and repetition and leaves a word", () => {
  const cases: [string, string][] = [
    ["stop - thank you 🙏", "stop"],
    ["stop stop stop", "stop"],
    ["hello, please stop now", "stop"],
    ["thanks", "thanks"],
    ["ok thanks", "ok"],
    ["don't stop", "don't stop"],
    ["🙏", ""],
    ["", ""],
  ];
  for (const [text, expected] of cases) {
    assert.equal(stripCourtesies(normalise(text)), expected, text);
  }
});

Deno.test("normalise() unifies digits, quotes, spaces, accents, bidi marks and punctuation", () => {
  const cases: [string, string][] = [
    ["  ¿Ayuda?  ", "ayuda"],
    ["\u202bمُساعَدة\u202c", "مساعده".replace("ه", "ة")],
    ["١٢٣ ۴۵ ६७ ８９", "123 45 67 89"],
    ["᠑᧒᭓", "123"],
    ["Don’t", "don't"],
    ["A\u00a0B\u2003C\u200b", "a b c"],
    ["MENÚ…", "menu"],
    ["?!", "?!"],
    ["", ""],
    ["3️⃣", "3"],
    ["हाँ।", "हां"],
    ["Ça va", "ca va"],
  ];
  for (const [text, expected] of cases) {
    assert.equal(normalise(text), expected, JSON.stringify(text));
    assert.equal(normalise(normalise(text)), expected);
  }
});
