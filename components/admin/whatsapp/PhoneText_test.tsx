import { renderToString } from "preact-render-to-string";
import { assertEquals } from "@/tests/support/assert.ts";
import { PhoneText } from "./PhoneText.tsx";

const shown = (text: string) =>
  renderToString(<PhoneText text={text} />).replace(/^<p[^>]*>|<\/p>$/g, "");

const CASES: [text: string, html: string][] = [
  ["Send *HELP* or _wait_", "Send <strong>HELP</strong> or <em>wait</em>"],
  ["~no~ and *_both_*", "<s>no</s> and <strong><em>both</em></strong>"],
  ["`a*b*c` ```x _y_```", "<code>a*b*c</code> <code>x _y_</code>"],
  ["2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"],
  ["*over\ntwo lines*", "*over\ntwo lines*"],
  ["<b>*bold*</b> & more", "&lt;b><strong>bold</strong>&lt;/b> &amp; more"],
  ["", ""],
];

Deno.test("PhoneText renders WhatsApp's marks and escapes HTML", () => {
  for (const [text, html] of CASES) assertEquals(shown(text), html, text);
});

Deno.test("PhoneText takes linear time for unclosed marks", () => {
  const text = "*a _b ~c `d ".repeat(2_000);
  const began = performance.now();
  shown(text);
  assertEquals(performance.now() - began < 1_000, true);
});
