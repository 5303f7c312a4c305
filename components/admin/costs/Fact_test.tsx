import { equal } from "node:assert/strict";
import { render } from "preact-render-to-string";
import { Fact } from "./Fact.tsx";

Deno.test("Fact escapes its children once, beside elements as well", () => {
  const least = "<$0.0001 & more";
  const html = render(
    <Fact name="Spent" value={least}>
      <i />
      {least && ` ${least}`}
    </Fact>,
  );
  equal(html.match(/&lt;\$0\.0001 &amp; more/g)?.length, 2, html);
  equal(html.includes("&amp;lt;"), false, html);
});
