import { strictEqual as same } from "node:assert";
import { renderToString } from "preact-render-to-string";
import { fill, type Text } from "../../lib/shared/text.ts";
import { filled } from "./filled.ts";

Deno.test("fill() puts values into places, and takes what a value says for no place", () => {
  const text: Text<"a" | "b"> = "{a} of {b}, {a}";
  same(fill(text, { a: "{b} $&", b: 2 }), "{b} $& of 2, {b} $&");
});

Deno.test("filled() puts markup into places, around the words that stand there", () => {
  const text: Text<"phone" | "scan"> = "{phone}: or {scan:scan the code}.";
  const html = renderToString(
    <p>{filled(text, { phone: <b>{"<1>"}</b>, scan: (words) => <a href="/">{words}</a> })}</p>,
  );
  same(html, '<p><b>&lt;1&gt;</b>: or <a href="/">scan the code</a>.</p>');
});
