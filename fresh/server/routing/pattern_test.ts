import assert from "node:assert/strict";
import { canonical, compilePattern } from "./pattern.ts";

Deno.test("compilePattern() matches exactly as URLPattern does", () => {
  const patterns = ["/u/:id", "/w/*", "/r/:rest*", "/d{/:v}?", "/x/:m@:v/:rest*", "/a.b/:c?", "*"];
  const paths = ["/", "/u/1", "/u/", "/u/a%20b", "/w", "/w/", "/w/a/b", "/r", "/r/", "/r/a/b"];
  paths.push("/d", "/d/1", "/d/1/2", "/x/m@1/a/b", "/x/m@1", "/x/@1", "/a.b", "/a.b/c", "/axb/c");
  for (const text of patterns) {
    const match = compilePattern(canonical(text));
    const pattern = new URLPattern({ pathname: text });
    for (const pathname of paths) {
      const groups = pattern.exec({ pathname })?.pathname.groups;
      const expected = groups && Object.fromEntries(
        Object.entries(groups).map(([name, value]) => [name, decodeURI(value ?? "")]),
      );
      assert.deepEqual(match(pathname), expected ?? null, `${text} on ${pathname}`);
    }
  }
});
