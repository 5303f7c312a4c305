import { strictEqual as same } from "node:assert";
import { estimateText, leftText } from "./estimate.ts";

const estimate = {
  inputRate: "150000000",
  outputRate: "600000000",
  contextTokens: 1000,
  replyTokens: 500,
};

Deno.test("estimateText() counts the context, a typical reply, and four characters a token", () => {
  same(estimateText(estimate, 0), "$0.0005");
  same(estimateText(estimate, 40_000), "$0.0020");
});

Deno.test("leftText() is never below nothing, and null without a ceiling", () => {
  same(leftText({ toolToday: "1.25", ceiling: "5.00" }), "$3.75");
  same(leftText({ toolToday: "6", ceiling: "5" }), "$0.00");
  same(leftText({ toolToday: "6", ceiling: null }), null);
});
