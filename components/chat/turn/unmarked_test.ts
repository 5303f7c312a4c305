import { strictEqual as equal } from "node:assert";
import { unmarked } from "./unmarked.ts";

for (
  const [written, shown] of [
    ["## Heading", "Heading"],
    ["**bold** and **half", "bold and half"],
    ["*A note* that _goes on_.", "A note that goes on."],
    ["*half", "half"],
    ["a word *", "a word "],
    ["(*هكذا*)، _वैसे_", "(هكذا)، वैसे"],
    ["***both*** and __bold__", "both and bold"],
    ["* one *word*\n* two\n*", "• one word\n• two\n"],
    ["2 * 3 * 4 is 24, 2*3 is 6", "2 * 3 * 4 is 24, 2*3 is 6"],
    ["snake_case_name, price* of it", "snake_case_name, price* of it"],
  ] as const
) {
  Deno.test(`unmarked("${written.replaceAll("\n", "\\n")}") shows its words alone`, () => {
    equal(unmarked(written), shown);
  });
}

Deno.test("unmarked() shows each beginning of emphasised text without a mark", () => {
  const written = "See *the first two* and _the last_ one.";
  for (let end = 0; end <= written.length; end++) {
    equal(/[*_]/.test(unmarked(written.slice(0, end))), false, written.slice(0, end));
  }
});
