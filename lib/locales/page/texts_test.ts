import { deepStrictEqual as equals, ok } from "node:assert";
import { LANGUAGES } from "../../shared/languages.ts";
import { PAGE_TEXTS } from "./languages.ts";

/** Every text of a catalogue, with its path. */
function* textsOf(value: unknown, way = ""): Generator<[way: string, text: string]> {
  if (typeof value === "string") return yield [way, value];
  ok(typeof value === "object" && value !== null, `${way} is no text`);
  for (const [name, each] of Object.entries(value)) yield* textsOf(each, `${way}.${name}`);
}

/** Every set of plural forms. */
function* formsOf(value: unknown, way = ""): Generator<[way: string, forms: object]> {
  if (typeof value !== "object" || value === null) return;
  if ("other" in value && typeof value.other === "string") yield [way, value];
  for (const [name, each] of Object.entries(value)) yield* formsOf(each, `${way}.${name}`);
}

const placesOf = (text: string) => [...text.matchAll(/{(\w+)/g)].map(([, name]) => name).sort();

/** Keys on a keyboard, and the product's own name. */
const SAME_IN_ALL = /^\.chat\.shortcuts\.\w+\.0$|\.linkedTitle$/;

for (const language of LANGUAGES) {
  const catalogue = PAGE_TEXTS[language];

  Deno.test(`PageTexts in ${language} are unchanged by JSON`, () => {
    equals(JSON.parse(JSON.stringify(catalogue)), catalogue);
  });

  Deno.test(`PageTexts in ${language} are non-empty and have well-formed places`, () => {
    for (const [way, text] of textsOf(catalogue)) {
      ok(text.trim() === text && text !== "", way);
      ok(!/[{}]/.test(text.replaceAll(/{\w+(:[^{}]+)?}/g, "")), `${way}: ${text}`);
      if (way.endsWith(".language")) equals(text, language, way);
    }
  });

  Deno.test(`PageTexts in ${language} have the places of the English ones, and other sentences`, () => {
    const english = new Map(textsOf(PAGE_TEXTS.en));
    for (const [way, text] of textsOf(catalogue)) {
      // A form that English does not have says the same as its last one.
      const same = english.get(way) ?? english.get(way.replace(/\.\w+$/, ".other")) ?? "";
      equals(placesOf(text), placesOf(same), `${way}: ${text}`);
      if (language === "en" || SAME_IN_ALL.test(way)) continue;
      const words = text.replaceAll(/{\w+}/g, "");
      ok(text !== same || words.length < 14, `${way}: ${text}`);
    }
  });

  Deno.test(`PageTexts in ${language} have all plural forms, with the same places`, () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    let count = 0;
    for (const [way, forms] of formsOf(catalogue)) {
      equals(Object.keys(forms).sort(), [...pluralCategories].sort(), way);
      const [places, ...others] = Object.values(forms).map((text) => placesOf(String(text)));
      for (const each of others) equals(each, places, way);
      count++;
    }
    ok(count >= 5, `${count} counted texts`);
  });
}
