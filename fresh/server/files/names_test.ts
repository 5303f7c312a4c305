import assert from "node:assert/strict";
import { bySpecificity, patternOf } from "./names.ts";

Deno.test("patternOf() turns file names into patterns", () => {
  const rows: [string, string][] = [
    ["index", "/"],
    ["blog/index", "/blog"],
    ["blog/[slug]/comments", "/blog/:slug/comments"],
    ["old/[...path]", "/old/:path*"],
    ["docs/[[version]]/index", "/docs{/:version}?"],
    ["[[name]]", "/{:name}?"],
    ["mix/[id]@[v]", "/mix/:id@:v"],
    ["(group)/x", "/x"],
    ["api/data.json", "/api/data.json"],
    ["ü b", "/%C3%BC%20b"],
  ];
  for (const [file, pattern] of rows) assert.equal(patternOf(file), pattern, file);
});

Deno.test("patternOf() rejects malformed names and reports the file", () => {
  for (const file of ["[a][b]", "x[[b]]", "[a", "a]"]) {
    assert.throws(
      () => patternOf(file),
      (error: Error) => error.message.includes(`routes/${file}`),
    );
  }
});

Deno.test("bySpecificity() puts narrower patterns first", () => {
  const files = ["[...rest]", "[id]", "x[id]", "[id]/edit", "new", "(group)/about", "new/index"];
  assert.deepEqual(files.sort(bySpecificity), [
    "(group)/about",
    "new/index",
    "new",
    "x[id]",
    "[id]",
    "[id]/edit",
    "[...rest]",
  ]);
});
