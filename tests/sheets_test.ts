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

Deno.test("the sheets stay small: 24 KiB for the public pages, 32 and 12 for the admin pages", async () => {
  for (
    const [name, most] of [["public.css", 24], ["admin.css", 32], ["admin_more.css", 12]] as const
  ) {
    const { length } = await sheet(name);
    assert.ok(length <= most * KIB, `${name} has ${length} bytes`);
  }
});
