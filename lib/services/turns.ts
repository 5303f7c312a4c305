import { type Candidate, decide, type Ladder } from "../domain/budget.ts";
import { AppError } from "../domain/errors.ts";
import { admit, type RateDecision, type RateLimit } from "../domain/rate.ts";
import { addEntry, EMPTY_DAY } from "../store/ledger.ts";
import {
  type DayTotal,
  type Failure,
  type Head,
  type Key,
  keys,
  type LedgerEntry,
  type Message,
  type Notice,
  type Running,
  type Scope,
} from "../store/keys.ts";
import type { Transactions, Tx } from "../store/transactions.ts";
import type { FinishReason } from "../shared/chat_events.ts";
import type { NanoUsd } from "../shared/money.ts";

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
  replyEstimate: number;
  maxTokens: number;
  ladder: Ladder;
  toolCeiling: NanoUsd | null;
  organisationCeiling: NanoUsd | null;
  meter: Meter | null;
}

/** The conversation changed between reading and beginning: read again. */
export class Outdated extends Error {
  override name = "Outdated";
}

export type Begun =
  | { kind: "begun"; running: Running; rate: RateDecision | null }
  /** The same request came before: its turn is under way or over. */
  | { kind: "joined" };

/** How a turn ended. */
export interface Closing {
  text: string;
  reason: FinishReason;
  at: number;
  /** What was used and what it cost; null when nothing was spent. */
  spent: Spent | null;
  failure: Failure | null;
  provider: string;
  simulated: boolean;
}

export interface Spent {
  input: number;
  cached: number;
  output: number;
  reasoning: number;
  usd: NanoUsd;
  basis: LedgerEntry["basis"];
}

export interface Settled {
  /** Spent in this conversation. */
  session: NanoUsd;
  /** Spent by the tool in the day of the turn. */
  toolToday: NanoUsd;
  /** The reply's number, if there is one. */
  reply: number | null;
  notices: readonly Notice[];
}

const ALL = "all";

/**
 * Begins a turn: limit, hold and question in one commit, or none of it.
 * @throws {AppError} `limited`, `conflict` (a turn is under way) or `over_budget`.
 * @throws {Outdated} when the conversation is no longer as it was read.
 */
export function begin(transactions: Transactions, opening: Opening): Promise<Begun> {
  const { visitor, tool, day, meter, now } = opening;
  const headKey = keys.head(visitor, tool);
  const toolKey = keys.day(day, "tool", tool);
  const organisationKey = keys.day(day, "organisation", ALL);
  const limitKey = meter && keys.limit(meter.kind, meter.address);
  const reads: Key<unknown>[] = [headKey, toolKey, organisationKey];
  if (limitKey) reads.push(limitKey);

  return transactions.run<Begun>(reads, (tx) => {
    const head = tx.get(headKey);
    if (
      head?.running?.request === opening.request || head?.last?.request === opening.request
    ) return { kind: "joined" };
    if (head?.running) throw busy();
    if (!sameConversation(head, opening.seen)) throw new Outdated();

    const rate = meter && limitKey ? admit(tx.get(limitKey) ?? [], now, meter.rate) : null;
    if (rate && !rate.admitted) throw tooMany(rate);
    if (rate && limitKey) tx.set(limitKey, rate.times);

    const toolDay = tx.get(toolKey) ?? EMPTY_DAY;
    const organisationDay = tx.get(organisationKey) ?? EMPTY_DAY;
    const decision = decide({
      purses: [
        { ...toolDay, ceiling: opening.toolCeiling },
        { ...organisationDay, ceiling: opening.organisationCeiling },
      ],
      wanted: opening.wanted,
      cheaper: opening.cheaper,
      promptTokens: opening.promptTokens,
      maxTokens: opening.maxTokens,
      ladder: opening.ladder,
    });
    if (decision.kind === "refuse") throw overBudget(opening);
    tx.set(toolKey, held(toolDay, decision.hold));
    tx.set(organisationKey, held(organisationDay, decision.hold));

    const running = runningOf(opening, head, decision);
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
    });
    for (let n = opening.question + 1; n < (head?.next ?? 0); n++) {
      tx.delete(keys.message(running.conversation, n));
    }
    if (opening.message) {
      tx.set(keys.message(running.conversation, opening.question), opening.message);
    }
    tx.set(keys.running(opening.process, opening.turn), running);
    return { kind: "begun", running, rate };
  }, 3_000 + 2 * (opening.message?.text.length ?? 0));
}

/**
 * Ends a turn: reply, ledger entry, day sums and the release of its hold in one
 * commit. A turn ends once: null when it had ended before.
 */
export function settle(
  transactions: Transactions,
  process: string,
  running: Running,
  closing: Closing,
): Promise<Settled | null> {
  const runningKey = keys.running(process, running.turn);
  const headKey = keys.head(running.visitor, running.tool);
  const { day } = running.hold;
  const scopes: [Scope, string][] = [
    ["tool", running.tool],
    ["organisation", ALL],
    ["model", running.model],
    ["channel", running.channel],
  ];
  if (running.variant !== null) scopes.push(["variant", running.variant]);
  const dayKeys = scopes.map(([scope, name]) => ({ scope, key: keys.day(day, scope, name) }));

  return transactions.run([runningKey, headKey, ...dayKeys.map((d) => d.key)], (tx) => {
    const open = tx.get(runningKey);
    if (open === null) return null;
    tx.delete(runningKey);
    tx.delete(keys.progress(running.turn));

    const entry = closing.spent && entryOf(running, closing, closing.spent);
    if (entry) tx.set(keys.ledger(day, running.turn), entry);
    let toolToday = 0n;
    for (const { scope, key } of dayKeys) {
      const before = tx.get(key) ?? EMPTY_DAY;
      const holds = scope === "tool" || scope === "organisation";
      const released = holds ? freed(before, open.hold.amount) : before;
      const after = entry ? addEntry(released, entry) : released;
      if (after !== before) tx.set(key, after);
      if (scope === "tool") toolToday = after.spent;
    }
    const head = tx.get(headKey);
    const usd = entry?.usd ?? 0n;
    if (head?.conversation !== running.conversation || head.running?.turn !== running.turn) {
      return { session: usd, toolToday, reply: null, notices: running.notices };
    }
    const reply = closeConversation(tx, running, closing, head, usd);
    return { session: head.spent + usd, toolToday, reply, notices: running.notices };
  }, 4_000 + 2 * closing.text.length);
}

/** Writes the reply and the head as they are after the turn. Returns the reply's number. */
function closeConversation(
  tx: Tx,
  running: Running,
  closing: Closing,
  head: Head,
  usd: NanoUsd,
): number | null {
  const number = running.question + 1;
  const replied = closing.text !== "";
  if (replied) {
    tx.set(keys.message(running.conversation, number), replyOf(running, closing));
  }
  tx.set(keys.head(running.visitor, running.tool), {
    ...head,
    next: replied ? number + 1 : number,
    spent: head.spent + usd,
    running: null,
    last: {
      turn: running.turn,
      request: running.request,
      question: running.question,
      replied,
      failure: closing.failure,
      notices: running.notices,
    },
    updatedAt: closing.at,
  });
  return replied ? number : null;
}

/** The message that holds a turn's reply. */
export function replyOf(running: Running, closing: Closing): Message {
  return {
    id: `${running.turn}a`,
    turn: running.turn,
    role: "assistant",
    text: closing.text,
    at: closing.at,
    channel: running.channel,
    reply: {
      model: running.model,
      cost: {
        usd: closing.spent?.usd ?? 0n,
        basis: closing.spent?.basis ?? "reported",
        simulated: closing.simulated,
      },
      reason: closing.reason,
      estimate: running.estimate,
    },
  };
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
    startedAt: opening.now,
    maxTokens: decision.maxTokens,
    inputEstimate: opening.inputEstimate,
    price: candidate.price,
    estimate,
    hold: { day: opening.day, amount: decision.hold },
    notices: noticesOf(decision),
  };
}

function noticesOf(decision: { downgraded: boolean; clamped: boolean; candidate: Candidate }) {
  const notices: Notice[] = [];
  if (decision.downgraded) {
    notices.push({
      kind: "downgraded",
      text:
        `Today's budget of this tool is nearly used, so the cheaper model ${decision.candidate.model} answers.`,
    });
  }
  if (decision.clamped) {
    notices.push({
      kind: "clamped",
      text: "Today's budget of this tool is nearly used, so this reply is kept short.",
    });
  }
  return notices;
}

function entryOf(running: Running, closing: Closing, spent: Spent): LedgerEntry {
  return {
    turn: running.turn,
    at: closing.at,
    day: running.hold.day,
    tool: running.tool,
    model: running.model,
    provider: closing.provider,
    channel: running.channel,
    variant: running.variant,
    audioSeconds: 0,
    images: 0,
    simulated: closing.simulated,
    ...spent,
  };
}

function held(total: DayTotal, amount: NanoUsd): DayTotal {
  return { ...total, held: total.held + amount, holds: total.holds + 1 };
}

function freed(total: DayTotal, amount: NanoUsd): DayTotal {
  return { ...total, held: total.held - amount, holds: total.holds - 1 };
}

function sameConversation(a: Head | null, b: Head | null): boolean {
  return a?.conversation === b?.conversation && a?.turns === b?.turns && a?.next === b?.next;
}

function busy(): AppError {
  return new AppError(
    "conflict",
    "A reply is still being written in this conversation. Wait for it to end, or stop it.",
    { retryable: true },
  );
}

function tooMany(rate: RateDecision): AppError {
  const seconds = Math.ceil(rate.waitMs / 1000);
  return new AppError(
    "limited",
    `That was a lot of messages in a short time. You can go on in ${seconds} ${
      seconds === 1 ? "second" : "seconds"
    }.`,
    { retryAfterMs: rate.waitMs },
  );
}

function overBudget(opening: Opening): AppError {
  return new AppError(
    "over_budget",
    "Today's budget for this tool is used up. It opens again when the new day begins.",
    { retryAfterMs: opening.dayEnds - opening.now },
  );
}
