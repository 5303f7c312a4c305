import { strictEqual as same } from "node:assert";
import { openChat, reduce } from "../../lib/shared/chat_state.ts";
import { ENGLISH_COMPOSER, ENGLISH_METER } from "../../lib/locales/page/en_chat.ts";
import { formatUsd } from "../../lib/shared/money.ts";
import { costText, estimateCost, leftText } from "./composer/estimate.ts";

const estimate = {
  inputRate: "150000000",
  outputRate: "600000000",
  promptTokens: 200,
  history: Array(10).fill(80),
  from: 4,
  replyTokens: 500,
};

Deno.test("estimateCost() counts the context, a typical reply, and four characters a token", () => {
  same(formatUsd(estimateCost(estimate, null, 0)), "$0.0005");
  same(formatUsd(estimateCost(estimate, null, 40_000)), "$0.0020");
});

Deno.test("estimateCost() follows what was said since the page came, ten messages back", () => {
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
  same(formatUsd(estimateCost(estimate, told, 0)), "$0.0021");
  // An edit of the first message takes all the others' place.
  const edited = reduce(openChat(null), { ...start, question: { ...question, seq: 4, text: "" } });
  same(formatUsd(estimateCost(estimate, edited, 0)), "$0.0003");
});

Deno.test("costText() says amounts from a cent on", () => {
  same(costText(ENGLISH_COMPOSER, 9_999_999n), "Costs less than 1¢");
  same(costText(ENGLISH_COMPOSER, 10_000_000n), "Costs about $0.01");
  same(costText(ENGLISH_COMPOSER, 1_234_000_000n), "Costs about $1.23");
});

Deno.test("leftText() is never below nothing, and null without a ceiling", () => {
  const left = (toolToday: string, ceiling: string | null) =>
    leftText(ENGLISH_METER, { toolToday, ceiling });
  same(left("1.25", "5.00"), "$3.75 of $5.00 left today");
  same(left("6", "5"), "$0.00 of $5.00 left today");
  same(left("6", null), null);
});
