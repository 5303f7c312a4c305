import { assert, assertEquals } from "./support/assert.ts";

const KIB = 1024;
const sheet = (name: string) => Deno.readTextFile(new URL(`../static/${name}`, import.meta.url));

/** The tokens at the head of a sheet: those of the light theme, then those of the dark one. */
function tokensOf(css: string): string {
  const [, tokens] = /(:root \{[^]*?\n\}\n@media \(prefers-color-scheme: dark\) \{[^]*?\n\}\n)/
    .exec(css) ?? [];
  assert.ok(tokens);
  return tokens;
}

Deno.test("the sheets of the public and the admin pages begin with the same tokens", async () => {
  assertEquals(tokensOf(await sheet("public.css")), tokensOf(await sheet("admin.css")));
});

Deno.test("light.css and dark.css have the tokens of public.css", async () => {
  const css = await sheet("public.css");
  const declared = (text: string) => text.match(/--[\w-]+: [^;]+;/g) ?? [];
  const themes = [...css.matchAll(
    /:root \{([^}]*)\}\n@media \(prefers-color-scheme: dark\) \{\n {2}:root \{([^}]*)\}/g,
  )];
  assert.ok(themes.length === 2);
  const dark = themes.flatMap(([, , text = ""]) => declared(text));
  const names = new Set(dark.map((line) => line.split(":")[0]));
  const light = themes.flatMap(([, text = ""]) => declared(text))
    .filter((line) => names.has(line.split(":")[0]));
  assertEquals(declared(await sheet("dark.css")), dark);
  assertEquals(declared(await sheet("light.css")), light);
});

Deno.test("the sheets stay small: 24 KiB for the public pages, 4 for one's own, 2 for home and what is loaded on use, 32 and 12 for the admin pages", async () => {
  const sheets = [
    ["public.css", 24],
    ["own.css", 4],
    ["home.css", 2],
    ["palette.css", 2],
    ["reader.css", 2],
    ["print.css", 2],
    ["admin.css", 32],
    ["admin_more.css", 12],
  ] as const;
  for (const [name, most] of sheets) {
    const { length } = await sheet(name);
    assert.ok(length <= most * KIB, `${name} has ${length} bytes`);
  }
});
