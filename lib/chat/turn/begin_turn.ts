import { countedBudgets, holdIn, readsFor, usesOf } from "../../metering/budgets.ts";
import {
  type Budget,
  type BudgetUse,
  type Candidate,
  decide,
  isShare,
  isUsedUp,
  type Ladder,
} from "../../metering/rules/budget.ts";
import { admit, type RateDecision, type RateLimit } from "../../limits/rules/rate.ts";
import { utf8Length } from "../../llm/tokens.ts";
import type { NanoUsd } from "../../shared/money.ts";
import type { Fork } from "../alternatives.ts";
import { chatKeys, type Head, type Message, messageKey } from "../records.ts";
import { limitKeys } from "../../limits/records.ts";
import type { HeldBudget, Notice, Running } from "../../metering/call_records.ts";
import { meteringKeys } from "../../metering/records.ts";
import type { Key } from "../../store/key.ts";
import type { Transactions, Tx } from "../../store/transactions.ts";
import { type NamedPart, runToBegin } from "../participants.ts";
import { busy, noRoom, tooMany, type WindowEnds } from "../../metering/refusals.ts";

/** Where a message came from, for limits: the kind of limit and whom it counts. */
export interface Meter {
  kind: string;
  address: string;
  rate: RateLimit;
}

/** A turn that somebody wants to begin; everything that was read for it is named, to be checked. */
export interface Opening {
  visitor: string;
  tool: string;
  turn: string;
  request: string;
  process: string;
  channel: string;
  variant: string | null;
  /** The tool's version, and whether people are told that conversations are looked at. */
  version?: number;
  reviewable?: boolean;
  provider: string;
  simulated: boolean;
  now: number;
  day: string;
  /** When budgets are whole again, for who is refused. */
  ends: WindowEnds;
  /** The conversation as it was read; begun anew if it changed. */
  seen: Head | null;
  /** The question's number, and its message if it is new. */
  question: number;
  message: Message | null;
  /** The branch that it begins where something else was shown. */
  fork?: Fork | null;
  wanted: Candidate;
  cheaper: Candidate | null;
  promptTokens: number;
  inputEstimate: number;
  /** Pictures in the prompt. */
  images?: number;
  replyEstimate: number;
  maxTokens: number;
  ladder: Ladder;
  /** The budgets that it may count in. */
  budgets: readonly Budget[];
  meter: Meter | null;
  /** What participants do in the same commit, and the question's words for them. */
  parts?: readonly NamedPart[];
  text?: string;
}

/** The conversation changed between reading and beginning: read again. */
export class Outdated extends Error {
  override name = "Outdated";
}

export type Begun =
  | { kind: "begun"; running: Running; rate: RateDecision | null }
  /** The same request came before: its turn is under way or over. */
  | { kind: "joined"; turn: string };

/** What beginning a turn reads. */
export function readsToBegin(
  { visitor, tool, day, meter, budgets, parts = [] }: Pick<
    Opening,
    "visitor" | "tool" | "day" | "meter" | "budgets" | "parts"
  >,
) {
  const headKey = chatKeys.head(visitor, tool);
  const limitKey = meter && limitKeys.limit(meter.kind, meter.address);
  const all: Key<unknown>[] = [headKey, ...readsFor(budgets, day)];
  if (limitKey) all.push(limitKey);
  for (const { reads = [] } of parts) all.push(...reads);
  return { headKey, limitKey, all };
}

/**
 * Begins a turn: limit, hold and question in one commit, or none of it.
 * @throws {AppError} `limited`, `conflict` (a turn is under way), `over_budget` or `over_share`.
 * @throws {Outdated} when the conversation is no longer as it was read.
 */
export function begin(transactions: Transactions, opening: Opening): Promise<Begun> {
  const { meter, now, day } = opening;
  const { headKey, limitKey, all } = readsToBegin(opening);

  return transactions.run<Begun>(all, (tx) => {
    const head = tx.get(headKey);
    const same = [head?.running, head?.last].find((each) => each?.request === opening.request);
    if (same) return { kind: "joined", turn: same.turn };
    if (head?.running) throw busy();
    if (!sameConversation(head, opening.seen)) throw new Outdated();

    const rate = meter && limitKey ? admit(tx.get(limitKey) ?? [], now, meter.rate) : null;
    if (rate && !rate.admitted) throw tooMany(rate);
    if (rate && limitKey) tx.set(limitKey, rate.times);

    const { parts = [], text = "" } = opening;
    const { keep, cost: fees, known } = runToBegin(tx, parts, text);
    const counted = countedBudgets(tx, opening.budgets, day, known);
    const budgets = usesOf(tx, counted, day);
    const decision = decide({
      budgets,
      wanted: opening.wanted,
      cheaper: opening.cheaper,
      promptTokens: opening.promptTokens,
      maxTokens: opening.maxTokens,
      ladder: opening.ladder,
      fees,
    });
    if (decision.kind === "refuse") {
      const shorter = fitsShorter(opening, budgets.filter((budget) => !isShare(budget)));
      throw noRoom({ ...opening, shorter }, budgets, decision.nearest);
    }
    const held = holdIn(tx, counted, { day, amount: decision.hold, fees });
    const running = {
      ...runningOf(opening, head, decision, { held, fees }),
      ...(Object.keys(keep).length > 0 ? { participants: keep } : {}),
    };
    const begun: Head = {
      ...head,
      conversation: running.conversation,
      next: opening.question + 1,
      turns: running.number,
      spent: head?.spent ?? 0n,
      running: {
        turn: opening.turn,
        request: opening.request,
        process: opening.process,
        question: opening.question,
      },
      last: head?.last ?? null,
      updatedAt: now,
      rated: head?.rated ?? false,
      ...branchOf(tx, opening),
    };
    tx.set(headKey, begun);
    if (opening.message) tx.set(messageKey(begun, opening.question), opening.message);
    tx.set(meteringKeys.running(opening.process, opening.turn), running);
    return { kind: "begun", running, rate };
  }, 3_000 + 2 * (opening.message?.text.length ?? 0));
}

/** Keeps what was shown where a new branch begins. */
function branchOf(tx: Tx, { fork }: Opening): Partial<Head> {
  if (!fork) return {};
  tx.set(fork.keep.key, fork.keep.value);
  if (fork.drop) tx.delete(fork.drop.key);
  return { path: fork.path, branches: fork.branches };
}

/** Whether a question of fewer words would have had room. */
function fitsShorter(opening: Opening, budgets: readonly BudgetUse[]): boolean {
  const { message, promptTokens } = opening;
  const least = promptTokens - utf8Length(message?.text ?? "");
  return message !== null && !isUsedUp({ ...opening, budgets, promptTokens: least });
}

function runningOf(
  opening: Opening,
  head: Head | null,
  decision: Extract<ReturnType<typeof decide>, { kind: "go" }>,
  { held, fees }: { held: HeldBudget[]; fees: NanoUsd },
): Running {
  const { candidate: { model, price }, hold } = decision;
  const { provider, simulated } = opening;
  const typical = Math.min(opening.replyEstimate, decision.maxTokens);
  const estimate = (BigInt(opening.inputEstimate) * price.input +
    BigInt(typical) * price.output) / 1_000_000n;
  return {
    kind: "turn",
    turn: opening.turn,
    request: opening.request,
    visitor: opening.visitor,
    tool: opening.tool,
    conversation: head?.conversation ?? opening.turn,
    number: (head?.turns ?? 0) + 1,
    question: opening.question,
    model,
    provider,
    simulated,
    channel: opening.channel,
    variant: opening.variant,
    version: opening.version,
    reviewable: opening.reviewable,
    startedAt: opening.now,
    maxTokens: decision.maxTokens,
    inputEstimate: opening.inputEstimate,
    promptTokens: opening.promptTokens,
    images: opening.images,
    price,
    estimate,
    hold: { day: opening.day, amount: hold },
    budgets: held,
    attempts: [{ state: "running", provider, model, simulated, price, hold: hold - fees }],
    notices: noticesOf(decision),
  };
}

function noticesOf({ downgraded, clamped, candidate, nearest }: {
  downgraded: boolean;
  clamped: boolean;
  candidate: Candidate;
  nearest: BudgetUse | null;
}) {
  const scope = nearest?.scope;
  const whose = scope === "person" || scope === "address" ? scope : "tool";
  const notices: Notice[] = [];
  if (downgraded) notices.push({ code: "downgraded", nearest: whose, model: candidate.model });
  if (clamped) notices.push({ code: "clamped", nearest: whose });
  return notices;
}

/** Whether nothing was said, and no other alternative shown, between two looks. */
export function sameConversation(a: Head | null, b: Head | null): boolean {
  return a?.conversation === b?.conversation && a?.turns === b?.turns && a?.next === b?.next;
}
