import { purseOf } from "../../metering/booking.ts";
import {
  type Candidate,
  decide,
  isUsedUp,
  type Ladder,
  type Purse,
} from "../../metering/rules/budget.ts";
import { admit, type RateDecision, type RateLimit } from "../../limits/rules/rate.ts";
import { utf8Length } from "../../llm/tokens.ts";
import type { NanoUsd } from "../../shared/money.ts";
import { chatKeys, type Head, type Message } from "../records.ts";
import { limitKeys } from "../../limits/records.ts";
import {
  ALL,
  type DayTotal,
  meteringKeys,
  type Notice,
  type Running,
  type Sharer,
} from "../../metering/records.ts";
import type { Key } from "../../store/key.ts";
import { EMPTY_DAY } from "../../metering/ledger.ts";
import type { Transactions, Tx } from "../../store/transactions.ts";
import { type NamedPart, runToBegin } from "../participants.ts";
import { DROPPED_AT_ONCE } from "./edited_away.ts";
import { busy, noRoom, tooMany } from "../../metering/refusals.ts";
import {
  holdShares,
  openShares,
  shareKeys,
  type SharePercents,
  simulatorPurse,
} from "../../metering/shares.ts";

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
  /** When the ceilings' day ends, for who is refused. */
  dayEnds: number;
  /** The conversation as it was read; begun anew if it changed. */
  seen: Head | null;
  /** The question's number, and its message if it is new. */
  question: number;
  message: Message | null;
  wanted: Candidate;
  cheaper: Candidate | null;
  promptTokens: number;
  inputEstimate: number;
  /** Pictures in the prompt. */
  images?: number;
  replyEstimate: number;
  maxTokens: number;
  ladder: Ladder;
  toolCeiling: NanoUsd | null;
  organisationCeiling: NanoUsd | null;
  /** Whose shares of the day it may count in, and how large these are. */
  sharers: readonly Sharer[];
  /** Whether it is paid from the simulator's budget, of which `sharers` is, and no ceiling's. */
  apart?: boolean;
  percents: SharePercents;
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
  { visitor, tool, day, meter, sharers, parts = [] }: Pick<
    Opening,
    "visitor" | "tool" | "day" | "meter" | "sharers" | "parts"
  >,
) {
  const headKey = chatKeys.head(visitor, tool);
  const toolKey = meteringKeys.day(day, "tool", tool);
  const organisationKey = meteringKeys.day(day, "organisation", ALL);
  const limitKey = meter && limitKeys.limit(meter.kind, meter.address);
  const all: Key<unknown>[] = [headKey, toolKey, organisationKey];
  if (limitKey) all.push(limitKey);
  for (const { reads = [] } of parts) all.push(...reads);
  all.push(...shareKeys(sharers));
  return { headKey, toolKey, organisationKey, limitKey, all };
}

/**
 * Begins a turn: limit, hold and question in one commit, or none of it.
 * @throws {AppError} `limited`, `conflict` (a turn is under way), `over_budget` or `over_share`.
 * @throws {Outdated} when the conversation is no longer as it was read.
 */
export function begin(transactions: Transactions, opening: Opening): Promise<Begun> {
  const { meter, now } = opening;
  const { headKey, toolKey, organisationKey, limitKey, all } = readsToBegin(opening);

  return transactions.run<Begun>(all, (tx) => {
    const head = tx.get(headKey);
    const same = [head?.running, head?.last].find((each) => each?.request === opening.request);
    if (same) return { kind: "joined", turn: same.turn };
    if (head?.running) throw busy();
    if (!sameConversation(head, opening.seen)) throw new Outdated();

    const rate = meter && limitKey ? admit(tx.get(limitKey) ?? [], now, meter.rate) : null;
    if (rate && !rate.admitted) throw tooMany(rate);
    if (rate && limitKey) tx.set(limitKey, rate.times);

    const toolDay = tx.get(toolKey) ?? EMPTY_DAY;
    const organisationDay = tx.get(organisationKey) ?? EMPTY_DAY;
    const { parts = [], text = "", apart = false } = opening;
    const { keep, cost: extra, known } = runToBegin(tx, parts, text);
    const shares = apart ? ofSimulator(tx, opening) : openShares(tx, opening.sharers, {
      ...opening,
      ceilings: { tool: opening.toolCeiling, organisation: opening.organisationCeiling },
      linked: known,
    });
    const ceilings = apart ? [] : [
      purseOf(toolDay, opening.toolCeiling),
      purseOf(organisationDay, opening.organisationCeiling),
    ];
    const purses = [...ceilings, ...shares.purses];
    const decision = decide({
      purses,
      wanted: opening.wanted,
      cheaper: opening.cheaper,
      promptTokens: opening.promptTokens,
      maxTokens: opening.maxTokens,
      ladder: opening.ladder,
      extra,
    });
    if (decision.kind === "refuse") {
      const shorter = fitsShorter(opening, ceilings);
      throw noRoom({ ...opening, shorter }, purses, decision.nearest);
    }
    if (!apart) {
      tx.set(toolKey, held(toolDay, decision.hold));
      tx.set(organisationKey, held(organisationDay, decision.hold));
    }

    const shared = decision.hold - extra;
    holdShares(tx, shares.counted, { ...opening, amount: shared });

    const running = {
      ...runningOf(opening, head, decision),
      ...(Object.keys(keep).length > 0 ? { participants: keep } : {}),
      ...(apart ? { apart } : {}),
      ...(shares.counted.length > 0 ? { shares: { of: shares.counted, held: shared } } : {}),
    };
    tx.set(headKey, {
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
    });
    const end = Math.min(head?.next ?? 0, opening.question + 1 + DROPPED_AT_ONCE);
    for (let n = opening.question + 1; n < end; n++) {
      tx.delete(chatKeys.message(running.conversation, n));
    }
    if (opening.message) {
      tx.set(chatKeys.message(running.conversation, opening.question), opening.message);
    }
    tx.set(meteringKeys.running(opening.process, opening.turn), running);
    return { kind: "begun", running, rate };
  }, 3_000 + 2 * (opening.message?.text.length ?? 0));
}

function ofSimulator(tx: Tx, { day, sharers }: Opening): ReturnType<typeof openShares> {
  return { counted: [...sharers], purses: [simulatorPurse(tx, day)] };
}

/** Whether a question of fewer words would have had room. */
function fitsShorter(opening: Opening, purses: readonly Purse[]): boolean {
  const { message, promptTokens } = opening;
  const least = promptTokens - utf8Length(message?.text ?? "");
  return message !== null && !isUsedUp({ ...opening, purses, promptTokens: least });
}

function runningOf(
  opening: Opening,
  head: Head | null,
  decision: Extract<ReturnType<typeof decide>, { kind: "go" }>,
): Running {
  const { candidate } = decision;
  const typical = Math.min(opening.replyEstimate, decision.maxTokens);
  const estimate = (BigInt(opening.inputEstimate) * candidate.price.input +
    BigInt(typical) * candidate.price.output) / 1_000_000n;
  return {
    turn: opening.turn,
    request: opening.request,
    visitor: opening.visitor,
    tool: opening.tool,
    conversation: head?.conversation ?? opening.turn,
    number: (head?.turns ?? 0) + 1,
    question: opening.question,
    model: candidate.model,
    provider: opening.provider,
    simulated: opening.simulated,
    channel: opening.channel,
    variant: opening.variant,
    version: opening.version,
    reviewable: opening.reviewable,
    startedAt: opening.now,
    maxTokens: decision.maxTokens,
    inputEstimate: opening.inputEstimate,
    promptTokens: opening.promptTokens,
    images: opening.images,
    price: candidate.price,
    estimate,
    hold: { day: opening.day, amount: decision.hold },
    ceilings: { tool: opening.toolCeiling, organisation: opening.organisationCeiling },
    notices: noticesOf(decision),
  };
}

function noticesOf({ downgraded, clamped, candidate, nearest }: {
  downgraded: boolean;
  clamped: boolean;
  candidate: Candidate;
  nearest: Purse | null;
}) {
  const whose = nearest?.whose ?? "tool";
  const notices: Notice[] = [];
  if (downgraded) notices.push({ code: "downgraded", nearest: whose, model: candidate.model });
  if (clamped) notices.push({ code: "clamped", nearest: whose });
  return notices;
}

function held(total: DayTotal, amount: NanoUsd): DayTotal {
  return { ...total, held: total.held + amount, holds: total.holds + 1 };
}

function sameConversation(a: Head | null, b: Head | null): boolean {
  return a?.conversation === b?.conversation && a?.turns === b?.turns && a?.next === b?.next;
}
