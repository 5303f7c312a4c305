import { strictEqual as same } from "node:assert";
import { openChat, reduce } from "../../../lib/shared/chat_state.ts";
import { ENGLISH_COMPOSER } from "../../../lib/locales/page/chat/en.ts";
import { formatCents, formatUsd } from "../../../lib/shared/money.ts";
import { costText } from "./cost_text.ts";
import { dearFrom } from "./dear_from.ts";
import { estimateCost } from "./estimate.ts";

const estimate = {
  inputRate: "150000000",
  outputRate: "600000000",
  promptTokens: 200,
  history: Array(10).fill(80),
  from: 4,
  replyTokens: 500,
};

Deno.test("estimateCost() adds prompt, text at 4 characters a token, and a typical reply", () => {
  same(formatUsd(estimateCost(estimate, null, 0)), "$0.0005");
  same(formatUsd(estimateCost(estimate, null, 40_000)), "$0.0020");
});

Deno.test("estimateCost() includes turns since the page load, up to ten messages", () => {
  const question = { id: "q", seq: 14, text: "x".repeat(4_000), html: "", channel: "web", at: 0 };
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
  // Of the ten, 8 × 80 tokens of history remain; 1,000 and 10,000 replace the other two.
  same(formatUsd(estimateCost(estimate, told, 0)), "$0.0021");
  // An edit of the first message removes all others from the context.
  const edited = reduce(openChat(null), { ...start, question: { ...question, seq: 4, text: "" } });
  same(formatUsd(estimateCost(estimate, edited, 0)), "$0.0003");
});

Deno.test("costText() shows amounts from 1¢ up", () => {
  same(costText(ENGLISH_COMPOSER, 9_999_999n), "");
  same(costText(ENGLISH_COMPOSER, 10_000_000n), "about 1¢");
  same(costText(ENGLISH_COMPOSER, 1_234_000_000n), "about $1.23");
});

Deno.test("formatCents() has whole cents, dollars from one on, and nothing between zero and a cent", () => {
  same(formatCents(0n, "en"), "0¢");
  same(formatCents(1n, "en"), null);
  same(formatCents(9_999_999n, "en"), null);
  same(formatCents(10_000_000n, "en"), "1¢");
  same(formatCents(994_999_999n, "en"), "99¢");
  same(formatCents(995_000_000n, "en"), "$1.00");
  same(formatCents(12_340_000_000n, "en"), "$12.34");
});

Deno.test("dearFrom() is the length at which a message may cost half a cent", () => {
  const usual = { ...estimate, inputRate: "3000000000" };
  const from = dearFrom(usual);
  same(estimateCost(usual, null, from) <= 5_000_000n, true);
  same(estimateCost(usual, null, from + 2) >= 5_000_000n, true);
  same(dearFrom({ ...estimate, outputRate: "60000000000" }), 0, "Dear with any length");
  same(dearFrom({ ...estimate, inputRate: "0" }), 30_001, "Never");
});
