import type { ProviderAttempt } from "../../llm/provider.ts";
import type { Effort } from "../../llm/rules/effort.ts";
import type { ModelRef } from "../../llm/rules/model_ref.ts";
import { countedBudgets, holdIn, readsFor, usesOf } from "../../metering/budgets.ts";
import {
  type Budget,
  type BudgetDecision,
  type BudgetUse,
  type DegradationPolicy,
  fitToBudgets,
  isShare,
  isUsedUp,
} from "../../metering/rules/budget.ts";
import { admit, type RateDecision, type RateLimit } from "../../limits/rules/rate.ts";
import { utf8Length } from "../../llm/tokens.ts";
import type { NanoUsd } from "../../shared/money.ts";
import type { Fork } from "../alternatives.ts";
import { chatKeys, type ConversationHead, type Message, messageKey } from "../records.ts";
import { limitKeys } from "../../limits/records.ts";
import type { HeldBudget, Notice, Running } from "../../metering/call_records.ts";
import { meteringKeys } from "../../metering/records.ts";
import type { Key } from "../../store/key.ts";
import { StaleRead, type Transactions, type Tx } from "../../store/transactions.ts";
import { type NamedPart, runToBegin } from "../participants.ts";
import {
  askedElsewhere,
  budgetRefusal,
  conversationBusy,
  rateLimited,
  type WindowEnds,
} from "../../metering/refusals.ts";

/** Source of a message for rate limits: the kind of limit and the counted key. */
export interface RateLimitKey {
  kind: string;
  address: string;
  rate: RateLimit;
}

/** Input of beginTurn(); all data read for it is listed, to be checked in the commit. */
export interface BeginTurn {
  visitor: string;
  tool: string;
  turn: string;
  request: string;
  process: string;
  channel: string;
  variant: string | null;
  /** The tool's version, and whether people are told that conversations are reviewed. */
  version?: number;
  reviewable?: boolean;
  now: number;
  day: string;
  /** When budgets start again, for refusals. */
  ends: WindowEnds;
  /** The conversation as it was read; {@link StaleRead} if it changed. */
  seen: ConversationHead | null;
  /** The question's number, and its message if it is new. */
  question: number;
  message: Message | null;
  /** The new branch, where something else was shown. */
  fork?: Fork | null;
  wanted: ProviderAttempt;
  /** The tool's own model, where `wanted` is asked in its place. */
  insteadOf?: ModelRef | null;
  cheaper: ProviderAttempt | null;
  promptTokens: number;
  inputEstimate: number;
  /** Number of pictures in the prompt. */
  images?: number;
  replyEstimate: number;
  maxTokens: number;
  /** The wanted reasoning effort; null for the model's least. */
  effort?: Effort | null;
  ladder: DegradationPolicy;
  /** The budgets that it may count in. */
  budgets: readonly Budget[];
  rateLimitKey: RateLimitKey | null;
  /** Parts of participants in this commit. */
  parts?: readonly NamedPart[];
  text?: string;
}

export type BeginResult =
  | { kind: "begun"; running: Running; rate: RateDecision | null }
  /** The turn of the same request is under way or over. */
  | { kind: "joined"; turn: string };

/** Keys that beginning a turn reads. */
export function readsToBegin(
  { visitor, tool, request, channel, day, rateLimitKey, budgets, parts = [] }: Pick<
    BeginTurn,
    "visitor" | "tool" | "request" | "channel" | "day" | "rateLimitKey" | "budgets" | "parts"
  >,
) {
  const headKey = chatKeys.head(visitor, tool);
  // Browsers repeat a message whose answer was lost, also after later ones.
  const askedKey = channel === "web" ? chatKeys.asked(visitor, request) : null;
  const limitKey = rateLimitKey && limitKeys.limit(rateLimitKey.kind, rateLimitKey.address);
  const all: Key<unknown>[] = [headKey, ...readsFor(budgets, day)];
  if (askedKey) all.push(askedKey);
  if (limitKey) all.push(limitKey);
  for (const { reads = [] } of parts) all.push(...reads);
  return { headKey, askedKey, limitKey, all };
}

/**
 * Begins a turn: rate limit, hold and question in one commit, or nothing.
 * @throws {AppError} `limited`, `conflict` (a turn is under way, or the request was another
 * tool's), `over_budget` or `over_share`.
 * @throws {StaleRead} when the conversation, or a chosen version, changed since it was read.
 */
export function beginTurn(transactions: Transactions, input: BeginTurn): Promise<BeginResult> {
  const { rateLimitKey, now, day } = input;
  const { headKey, askedKey, limitKey, all } = readsToBegin(input);

  return transactions.run<BeginResult>(all, (tx) => {
    const head = tx.get(headKey);
    const same = [head?.running, head?.last].find((each) => each?.request === input.request);
    const asked = askedKey && tx.get(askedKey);
    const before = same?.turn ?? asked?.turn;
    if (!same && asked && asked.tool !== null && asked.tool !== input.tool) {
      throw askedElsewhere();
    }
    if (before !== undefined) return { kind: "joined", turn: before };
    if (head?.running) throw conversationBusy();
    if (!sameConversation(head, input.seen)) throw new StaleRead();

    const rate = rateLimitKey && limitKey
      ? admit(tx.get(limitKey) ?? [], now, rateLimitKey.rate)
      : null;
    if (rate && !rate.admitted) throw rateLimited(rate);
    if (rate && limitKey) tx.set(limitKey, rate.times);

    const { parts = [], text = "", maxTokens, variant } = input;
    const { keep, cost: fees, known } = runToBegin(tx, parts, { text, maxTokens, variant });
    const counted = countedBudgets(tx, input.budgets, day, known);
    const budgets = usesOf(tx, counted, day);
    const decision = fitToBudgets({
      budgets,
      wanted: input.wanted,
      cheaper: input.cheaper,
      promptTokens: input.promptTokens,
      maxTokens: input.maxTokens,
      ladder: input.ladder,
      fees,
    });
    if (decision.kind === "refuse") {
      const shorter = fitsShorter(input, budgets.filter((budget) => !isShare(budget)));
      throw budgetRefusal({ ...input, shorter }, budgets, decision.nearest);
    }
    const held = holdIn(tx, counted, { day, amount: decision.hold, fees });
    const running = {
      ...runningOf(input, head, decision, { held, fees }),
      ...(Object.keys(keep).length > 0 ? { participants: keep } : {}),
    };
    const begun: ConversationHead = {
      ...head,
      conversation: running.conversation,
      next: input.question + 1,
      turns: running.number,
      spent: head?.spent ?? 0n,
      running: {
        turn: input.turn,
        request: input.request,
        process: input.process,
        question: input.question,
      },
      last: head?.last ?? null,
      updatedAt: now,
      rated: head?.rated ?? false,
      ...branchOf(tx, input),
    };
    tx.set(headKey, begun);
    if (askedKey) tx.set(askedKey, { turn: input.turn, tool: input.tool });
    if (input.message) tx.set(messageKey(begun, input.question), input.message);
    tx.set(meteringKeys.running(input.process, input.turn), running);
    return { kind: "begun", running, rate };
  }, 3_000 + 2 * (input.message?.text.length ?? 0));
}

/** Keeps the shown alternative where a new branch begins. */
function branchOf(tx: Tx, { fork }: BeginTurn): Partial<ConversationHead> {
  if (!fork) return {};
  tx.set(fork.keep.key, fork.keep.value);
  if (fork.drop) tx.delete(fork.drop.key);
  return { path: fork.path, branches: fork.branches };
}

/** Whether a shorter question would have room. */
function fitsShorter(input: BeginTurn, budgets: readonly BudgetUse[]): boolean {
  const { message, promptTokens } = input;
  const least = promptTokens - utf8Length(message?.text ?? "");
  return message !== null && !isUsedUp({ ...input, budgets, promptTokens: least });
}

function runningOf(
  input: BeginTurn,
  head: ConversationHead | null,
  decision: Extract<BudgetDecision<ProviderAttempt>, { kind: "go" }>,
  { held, fees }: { held: HeldBudget[]; fees: NanoUsd },
): Running {
  const { candidate: { provider, model, simulated, price }, hold } = decision;
  const typical = Math.min(input.replyEstimate, decision.maxTokens);
  const estimate = (BigInt(input.inputEstimate) * price.input +
    BigInt(typical) * price.output) / 1_000_000n;
  return {
    kind: "turn",
    turn: input.turn,
    request: input.request,
    visitor: input.visitor,
    tool: input.tool,
    conversation: head?.conversation ?? input.turn,
    number: (head?.turns ?? 0) + 1,
    question: input.question,
    model,
    provider,
    simulated,
    channel: input.channel,
    variant: input.variant,
    version: input.version,
    reviewable: input.reviewable,
    startedAt: input.now,
    maxTokens: decision.maxTokens,
    effort: input.effort,
    inputEstimate: input.inputEstimate,
    promptTokens: input.promptTokens,
    images: input.images,
    price,
    estimate,
    hold: { day: input.day, amount: hold },
    budgets: held,
    attempts: [{ state: "running", provider, model, simulated, price, hold: hold - fees }],
    notices: noticesOf(decision, input),
    ...(input.insteadOf ? { insteadOf: input.insteadOf } : {}),
  };
}

function noticesOf(
  { downgraded, clamped, candidate, nearest }: {
    downgraded: boolean;
    clamped: boolean;
    candidate: ProviderAttempt;
    nearest: BudgetUse | null;
  },
  { insteadOf }: Pick<BeginTurn, "insteadOf">,
) {
  const scope = nearest?.scope;
  const whose = scope === "person" || scope === "address" ? scope : "tool";
  const notices: Notice[] = [];
  if (insteadOf && !downgraded) notices.push({ code: "failed_over" });
  if (downgraded) notices.push({ code: "downgraded", nearest: whose, model: candidate.model });
  if (clamped) notices.push({ code: "clamped", nearest: whose });
  return notices;
}

/** Whether two reads saw the same messages and the same shown path. */
export function sameConversation(a: ConversationHead | null, b: ConversationHead | null): boolean {
  return a?.conversation === b?.conversation && a?.turns === b?.turns && a?.next === b?.next;
}
