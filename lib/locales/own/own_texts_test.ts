import { deepStrictEqual as equals, ok } from "node:assert";
import { LANGUAGES } from "../../shared/languages.ts";
import { OWN_FRAMES } from "./frames.ts";
import { OWN_DEVICE } from "./device.ts";
import { OWN_HELP } from "./help.ts";
import { OWN_HISTORY } from "./history.ts";
import { OWN_MEMORY } from "./memory.ts";
import { OWN_HOME } from "./home.ts";
import { OWN_PALETTE } from "./palette.ts";
import { OWN_MY_DATA } from "./my_data.ts";
import { OWN_SETTINGS } from "./settings.ts";
import { OWN_OFFLINE } from "./offline.ts";
import { SENT_PICTURES } from "./sent_pictures.ts";
import { OWN_SHARE } from "./share.ts";
import { OUTBOX_TEXTS } from "./outbox.ts";

const CATALOGUES = {
  OUTBOX_TEXTS,
  OWN_DEVICE,
  OWN_FRAMES,
  OWN_HELP,
  OWN_HISTORY,
  OWN_MEMORY,
  OWN_HOME,
  OWN_MY_DATA,
  OWN_SETTINGS,
  OWN_OFFLINE,
  OWN_PALETTE,
  OWN_SHARE,
  SENT_PICTURES,
};

/** Every text below a value, with its path; plural forms as one, with their places. */
function* textsOf(value: unknown, way = ""): Generator<[way: string, text: string]> {
  if (typeof value === "string") return yield [way, value];
  ok(typeof value === "object" && value !== null, `${way} is no text`);
  for (const [name, each] of Object.entries(value)) yield* textsOf(each, `${way}.${name}`);
}

const isPlural = (value: unknown): value is { other: string } =>
  typeof value === "object" && value !== null && "other" in value;

const placesOf = (text: string) => [...text.matchAll(/{(\w+)/g)].map(([, name]) => name).sort();

for (const [name, texts] of Object.entries(CATALOGUES)) {
  Deno.test(`${name} has all texts and plural forms in all languages, with the same places`, () => {
    for (const language of LANGUAGES) {
      const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
      for (const [key, english] of Object.entries(texts.en)) {
        const own: unknown = Reflect.get(texts[language], key);
        const way = `${language}.${key}`;
        if (isPlural(english)) {
          ok(isPlural(own), way);
          equals(Object.keys(own).sort(), [...pluralCategories].sort(), way);
          for (const text of Object.values(own)) {
            equals(placesOf(text), placesOf(english.other), way);
          }
          continue;
        }
        const [theirs, ours] = [[...textsOf(own)], [...textsOf(english)]];
        equals(theirs.map(([at]) => at), ours.map(([at]) => at), way);
        for (const [i, [, text]] of theirs.entries()) {
          ok(text !== "" && text.trim() === text, way);
          equals(placesOf(text), placesOf(ours[i]?.[1] ?? ""), way);
        }
      }
    }
  });
}
