import { assertEquals } from "../../../../tests/support/assert.ts";
import { draftPrice, priceOfAll } from "./draft_price.ts";

const models = [{
  model: "m",
  inputRate: "1000000000",
  outputRate: "10000000000",
  efforts: [],
  temperature: "always" as const,
  ends: null,
  ended: false,
}];
const own = {
  systemPrompt: "x".repeat(160),
  model: "m",
  effort: "",
  temperature: "1",
  maxTokens: "3000",
};

Deno.test("draftPrice() is that of a typical message: the prompt, a question and a reply", () => {
  // 100 tokens at $1 a million, 300 at $10.
  assertEquals(draftPrice(own, models), 3_100_000n);
  assertEquals(draftPrice({ ...own, maxTokens: "100" }, models), 1_100_000n);
  assertEquals(draftPrice({ ...own, model: "other" }, models), null);
});

Deno.test("priceOfAll() adds the drafts' prices, or says nothing", () => {
  assertEquals(priceOfAll([own, own], models), "$0.0062");
  assertEquals(priceOfAll([own, { ...own, model: "other" }], models), "");
});
