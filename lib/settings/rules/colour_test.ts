import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { contrast, GROUNDS, isReadable, READABLE, themeOf, themeSheet } from "./colour.ts";

const colour = fc.integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, "0")}`);

Deno.test("contrast() follows WCAG, and is symmetric", () => {
  assertEquals(contrast("#000000", "#ffffff"), 21);
  assertEquals(contrast("#ffffff", "#ffffff"), 1);
  assertEquals(contrast("#777777", "#ffffff").toFixed(2), "4.48");
  assertEquals(contrast("#767676", "#ffffff").toFixed(2), "4.54");
});

Deno.test("themeOf() gives readable tones on every background for every colour", () => {
  fc.assert(
    fc.property(colour, (chosen) => {
      const theme = themeOf(chosen);
      for (const name of ["light", "dark"] as const) {
        const { accent, onAccent, tint } = theme[name];
        for (const tone of [accent, onAccent, tint]) assert.match(tone, /^#[0-9a-f]{6}$/);
        const { bg, surface, sunken } = GROUNDS[name];
        for (const ground of [bg, surface, sunken, tint, onAccent]) {
          assert.ok(contrast(accent, ground) >= READABLE, `${chosen} ${name} ${accent} ${ground}`);
        }
        assert.ok(isReadable(theme[name], name), `${chosen} ${name}`);
      }
    }),
    { numRuns: 3_000 },
  );
});

Deno.test("themeOf() keeps a readable colour", () => {
  assertEquals(themeOf("#0f6b62").light.accent, "#0f6b62");
  assertEquals(themeOf("#6fcabb").dark.accent, "#6fcabb");
});

Deno.test("GROUNDS are the tokens of the style sheet", async () => {
  const sheet = await Deno.readTextFile(new URL("../../../static/public.css", import.meta.url));
  const [light = "", dark = ""] = sheet.split("@media (prefers-color-scheme: dark)");
  for (const [name, part] of [["light", light], ["dark", dark]] as const) {
    for (const [token, value] of Object.entries(GROUNDS[name])) {
      const [, written = ""] = new RegExp(`--${token}: (#\\w+);`).exec(part) ?? [];
      const long = written.length === 4 ? written.replace(/(?<=#.*)\w/g, "$&$&") : written;
      assertEquals(long, value, `${name} ${token}`);
    }
  }
});

Deno.test("themeSheet() contains only tones", () => {
  assert.match(
    themeSheet(themeOf("#ffcc00")),
    /^(@media [^{]+\{:root\{(--[a-z-]+:#[0-9a-f]{6};?)+\}\}\n){3}$/,
  );
});
