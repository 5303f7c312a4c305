import { strictEqual as same } from "node:assert";
import { renderToString } from "preact-render-to-string";
import { fill, type Text } from "../../lib/shared/text.ts";
import { filled } from "./filled.ts";

Deno.test("fill() inserts values, and no placeholder inside a value counts", () => {
  const text: Text<"a" | "b"> = "{a} of {b}, {a}";
  same(fill(text, { a: "{b} $&", b: 2 }), "{b} $& of 2, {b} $&");
});

Deno.test("filled() inserts markup, around a placeholder's words", () => {
  const text: Text<"phone" | "scan"> = "{phone}: or {scan:scan the code}.";
  const html = renderToString(
    <p>{filled(text, { phone: <b>{"<1>"}</b>, scan: (words) => <a href="/">{words}</a> })}</p>,
  );
  same(html, '<p><b>&lt;1></b>: or <a href="/">scan the code</a>.</p>');
});
