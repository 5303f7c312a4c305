import { strictEqual as same } from "node:assert";
import { openChat, reduce } from "../../lib/shared/chat_state.ts";
import { estimateText, leftText } from "./composer/estimate.ts";

const estimate = {
  inputRate: "150000000",
  outputRate: "600000000",
  promptTokens: 200,
  history: Array(10).fill(80),
  from: 4,
  replyTokens: 500,
};

Deno.test("estimateText() counts the context, a typical reply, and four characters a token", () => {
  same(estimateText(estimate, null, 0), "$0.0005");
  same(estimateText(estimate, null, 40_000), "$0.0020");
});

Deno.test("estimateText() follows what was said since the page came, ten messages back", () => {
  const question = { id: "q", seq: 14, text: "x".repeat(4_000), html: "", channel: "web" };
  const start = {
    type: "start",
    turnId: "t",
    model: "",
    variant: null,
    estimate: { usd: "0" },
    simulated: false,
  } as const;
  const asked = reduce(openChat(null), { ...start, question });
  const told = reduce(asked, { type: "html", blocks: ["<p>"], upTo: 40_000 });
  // 8 × 80 that still go with it, and 1,000 and 10,000 tokens in place of two of them.
  same(estimateText(estimate, told, 0), "$0.0021");
  // An edit of the first message takes all the others' place.
  const edited = reduce(openChat(null), { ...start, question: { ...question, seq: 4, text: "" } });
  same(estimateText(estimate, edited, 0), "$0.0003");
});

Deno.test("leftText() is never below nothing, and null without a ceiling", () => {
  same(leftText({ toolToday: "1.25", ceiling: "5.00" }), "$3.75");
  same(leftText({ toolToday: "6", ceiling: "5" }), "$0.00");
  same(leftText({ toolToday: "6", ceiling: null }), null);
});
