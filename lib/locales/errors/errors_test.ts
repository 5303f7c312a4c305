import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ADMIN_ERRORS } from "../admin/errors.ts";
import { ERROR_TEXTS } from "./messages/languages.ts";
import { LANGUAGES } from "../../shared/languages.ts";
import { errorText } from "./error_text.ts";
import { TURN_ERROR_TEXTS } from "./turns/languages.ts";

const MIDNIGHT = Date.UTC(2027, 0, 2);

Deno.test("errorText() shows times in the reader's zone and from the reader's now", () => {
  const told = { code: "budget.used", opensAt: MIDNIGHT } as const;
  const eightHours = MIDNIGHT - 8 * 3_600_000;
  assertEquals(
    errorText(told, { language: "en", timeZone: "UTC", now: eightHours }),
    "This tool has reached today's limit. It opens again at 00:00 (UTC), in 8\u00a0hours.",
  );
  assert.match(
    errorText(told, { language: "en", timeZone: "Africa/Nairobi", now: eightHours }),
    /at 03:00/,
  );
  assert.match(
    errorText(told, { language: "en", timeZone: "UTC", now: MIDNIGHT - 60_000 }),
    /again in 60\u00a0s\.$/,
  );
});

Deno.test("errorText() uses the plural form of each number", () => {
  const reader = { language: "en", timeZone: "UTC", now: 0 } as const;
  const limited = (waitMs: number) =>
    errorText({ code: "rate.limited", things: "codes", waitMs }, reader);
  assert.match(limited(900), /in 1 second\.$/);
  assert.match(limited(1_001), /in 2 seconds\.$/);
  const login = (left: number) => errorText({ code: "login.wrong", left }, reader);
  assert.deepEqual([0, 1, 2].map((left) => login(left).split(". ")[1]), [
    "That was the last try for a quarter of an hour.",
    "One try is left.",
    "2 tries are left.",
  ]);
});

Deno.test("errorText() has each code in one catalogue only", () => {
  const twice = Object.keys(ERROR_TEXTS.en.errors).filter((code) =>
    Object.hasOwn(ADMIN_ERRORS, code)
  );
  assertEquals(twice, []);
});

/** Parameters of every error. */
const SAMPLE = {
  bytes: 1024,
  field: "field",
  format: "GIF",
  height: 1,
  length: 2,
  longest: 1,
  megabytes: 1,
  minutes: 1,
  model: "model",
  most: 1,
  nearest: "tool",
  offset: 1,
  opensAt: MIDNIGHT,
  session: 1n,
  shown: "PNG",
  takes: "object",
  things: "codes",
  tool: "tool",
  waitMs: 1,
  whose: "person",
  width: 1,
};

/** Every text of a catalogue, with its path. */
function textsOf(value: unknown, language: string, way = ""): [way: string, text: string][] {
  if (typeof value === "string") return [[way, value]];
  if (typeof value === "function") {
    const reader = { language, timeZone: "UTC", now: 0 };
    return textsOf(value(way.endsWith("busy") ? 2 : SAMPLE, reader), language, way);
  }
  return Object.entries(value ?? {}).flatMap(([name, each]) =>
    textsOf(each, language, `${way}.${name}`)
  );
}

for (const [name, catalogue] of Object.entries({ ERROR_TEXTS, TURN_ERROR_TEXTS })) {
  Deno.test(`${name} has every text in each language, filled in and unlike the English one`, () => {
    const english = new Map(textsOf(catalogue.en, "en"));
    for (const language of LANGUAGES) {
      const texts = textsOf(catalogue[language], language);
      assertEquals(texts.map(([way]) => way), [...english.keys()], language);
      for (const [way, text] of texts) {
        assert.ok(text.trim() === text && text !== "", `${language}${way}`);
        assert.doesNotMatch(text, /undefined|NaN|[{}]/, `${language}${way}`);
        assert.ok(language === "en" || text !== english.get(way), `${language}${way}: ${text}`);
      }
    }
  });
}
