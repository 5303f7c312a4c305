import { estimateTokens } from "@/lib/llm/tokens.ts";
import type { Message } from "@/lib/chat/records.ts";
import type { LedgerEntry } from "@/lib/metering/records.ts";
import { usdString } from "@/lib/shared/money.ts";
import { type Books, checkHalves, checkTotals } from "./books.ts";
import type { Call } from "./fates.ts";
import type { Answer } from "./worker.ts";

/**
 * Nano-dollars per token: input, cached input, output, input written to the cache. From published
 * prices, not the app's table.
 */
const PRICES: Record<string, [bigint, bigint, bigint, bigint]> = {
  "gpt-6-sol": [2000n, 200n, 10_000n, 2500n],
  "gpt-6-luna": [100n, 10n, 500n, 125n],
};

/** Fates after which nothing can have been billed. */
const FREE = new Set(["refused", "busy", "down"]);

/** The most that a call can cost. */
export function worstCaseOf(model: string, promptTokens: number, maxTokens: number): bigint {
  const [, , output, written] = priceOf(model);
  return written * BigInt(promptTokens) + output * BigInt(maxTokens);
}

/**
 * Compares the chats' answers and the provider's calls with the books. Returns every difference;
 * none means that each chat is accounted for exactly once.
 */
export function auditCrowd(books: Books, answers: readonly Answer[], calls: readonly Call[]) {
  const wrong = [...checkTotals(books), ...checkHalves(books)];
  const asked = new Map<string, Message>();
  const replies = new Map<string, Message>();
  for (const message of [...books.messages.values()].flat()) {
    if (message.role === "assistant") replies.set(message.turn, message);
    else if (asked.has(message.text)) wrong.push(`Asked twice: ${message.text}`);
    else asked.set(message.text, message);
  }
  const called = new Map<string, Call>();
  for (const call of calls) {
    if (called.has(call.question)) wrong.push(`The provider was asked twice: ${call.question}`);
    called.set(call.question, call);
    if (!asked.has(call.question)) wrong.push(`Asked of the provider only: ${call.question}`);
  }
  const entries = new Map(books.entries.map((entry) => [entry.turn, entry]));
  for (const [question, message] of asked) {
    const call = called.get(question);
    if (!call) {
      wrong.push(`Begun and never asked of the provider: ${question}`);
      continue;
    }
    const entry = entries.get(message.turn) ?? null;
    entries.delete(message.turn);
    wrong.push(...checkEntry(call, entry), ...checkReply(call, replies.get(message.turn)));
  }
  for (const turn of entries.keys()) wrong.push(`An entry of nobody: ${turn}`);
  wrong.push(...checkAnswers(answers, asked, books));
  if (books.running.length > 0) wrong.push(`${books.running.length} turns still run`);
  const questions = new Set(answers.map((answer) => answer.question));
  return { wrong, questions: questions.size, begun: asked.size, entries: books.entries.length };
}

function checkEntry(call: Call, entry: LedgerEntry | null): string[] {
  const about = `${call.question} (${call.fate})`;
  if (FREE.has(call.fate)) return entry ? [`${about} cost nothing and has an entry`] : [];
  if (!entry) return [`${about} has no entry`];
  if (call.fate === "lied") return checkLie(call, entry);
  if (entry.disbelieved) return [`${about} was not believed`];
  const [input, cached, output] = priceOf(call.model);
  const hold = worstCaseOf(call.model, call.promptTokens, call.maxTokens);
  const counted = call.usage ?? {
    input: entry.input,
    cached: 0,
    output: call.text === "" ? 0 : Math.min(call.maxTokens, estimateTokens(call.text)),
    reasoning: 0,
  };
  const sum = BigInt(counted.input - counted.cached) * input + BigInt(counted.cached) * cached +
    BigInt(counted.output) * output;
  const usd = call.usage === null && sum > hold ? hold : sum;
  const should = `${call.model} ${Object.entries(counted).toSorted()} ${usd}`;
  const { input: i, cached: c, output: o, reasoning: r } = entry;
  const is = `${entry.model} ${
    Object.entries({ input: i, cached: c, output: o, reasoning: r }).toSorted()
  } ${entry.usd}`;
  const wrong = is === should ? [] : [`${about} is booked as ${is}, should be ${should}`];
  if (entry.usd > hold) wrong.push(`${about} cost more than its worst case`);
  if ((entry.basis === "reported") !== (call.usage !== null)) {
    wrong.push(`${about} is said to be ${entry.basis}`);
  }
  return wrong;
}

/** Impossible figures are booked within the hold, and marked. */
function checkLie(call: Call, entry: LedgerEntry): string[] {
  const hold = worstCaseOf(call.model, call.promptTokens, call.maxTokens);
  const is = `${entry.usd} of ${hold}, ${entry.basis}, ${entry.disbelieved}`;
  return entry.usd > 0n && entry.usd <= hold && entry.basis === "estimated" && entry.disbelieved
    ? []
    : [`${call.question} was lied about and is booked as ${is}`];
}

function checkReply(call: Call, reply: Message | undefined): string[] {
  if ((reply?.text ?? "") === call.text) return [];
  return [`${call.question}: the reply is not what the provider sent`];
}

function checkAnswers(
  answers: readonly Answer[],
  asked: ReadonlyMap<string, Message>,
  books: Books,
): string[] {
  const wrong: string[] = [];
  const ended = new Set<string>();
  const entries = new Map(books.entries.map((entry) => [entry.turn, entry]));
  for (const answer of answers) {
    if (answer.kind !== "ended") continue;
    ended.add(answer.question);
    if (asked.get(answer.question)?.turn !== answer.turn) {
      wrong.push(`${answer.question} was told of turn ${answer.turn}, which is not in the store`);
    }
    const usd = usdString(entries.get(answer.turn)?.usd ?? 0n);
    if (answer.cost !== usd) wrong.push(`${answer.question} was told ${answer.cost}, not ${usd}`);
  }
  for (const { question, kind } of answers) {
    if (kind === "refused" && asked.has(question) && !ended.has(question)) {
      wrong.push(`${question} was refused and is in the store`);
    }
    if (kind === "joined" && !asked.has(question)) wrong.push(`${question} joined nothing`);
  }
  for (const question of asked.keys()) {
    if (!ended.has(question)) wrong.push(`${question} never heard how it ended`);
  }
  return wrong;
}

function priceOf(model: string): [bigint, bigint, bigint, bigint] {
  const price = PRICES[model];
  if (!price) throw new Error(`No price of ${model}`);
  return price;
}
