import { costOf } from "@/lib/llm/rules/prices.ts";
import { openCatalogue } from "@/lib/llm/catalogue.ts";
import { NANO_PER_USD } from "@/lib/shared/money.ts";
import { read } from "./architecture/source.ts";
import { assert, assertEquals } from "./support/assert.ts";

const catalogue = openCatalogue();
const page = await read("docs/COST_ANALYSIS.md");

/** The cost of a message with `input` tokens and a reply of 300. */
function message(model: string, input: number, cached = 0): bigint {
  const price = catalogue.priceOf("openai", model);
  assert.ok(price);
  return costOf({ input, cached, output: 300, reasoning: 0 }, price);
}

/** The cost of thirty days in dollars, to the cent. */
function month(model: string, messagesADay: number): string {
  const cents = (message(model, 900) * BigInt(messagesADay) * 30n * 100n + NANO_PER_USD / 2n) /
    NANO_PER_USD;
  return `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`;
}

Deno.test("the monthly costs in the documentation follow from the program's own prices", () => {
  const rows = [...page.matchAll(/^\| +([\d,]+) \| +([\d.]+) \| +([\d.]+) \|$/gm)];
  assertEquals(rows.map(([, messages]) => messages), ["500", "4,000", "12,000"]);
  for (const [, messages = "", mini, full] of rows) {
    const aDay = Number(messages.replace(",", ""));
    assertEquals([mini, full], [month("gpt-6-luna", aDay), month("gpt-6.1-terra", aDay)]);
  }
});

Deno.test("the costs per message in the documentation are right", () => {
  const said = (text: string, ...amounts: bigint[]) => {
    const paragraph = page.split(/\n\n|\n- /).find((part) => part.includes(text)) ?? "";
    const figures = [...paragraph.matchAll(/\$(0\.0\d+)/g)].map(([, figure]) => Number(figure));
    assertEquals(figures, amounts.map((amount) => Number(amount) / Number(NANO_PER_USD)));
  };
  const [mini, full] = ["gpt-6-luna", "gpt-6.1-terra"];
  said("Assumed:", message(mini, 900), message(full, 900));
  said("3,000", message(mini, 3_000), message(full, 3_000));
  said("600 of the 900", message(mini, 900, 600), message(full, 900, 600));
});
