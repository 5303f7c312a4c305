import { book, disbelief, purseOf, readsToBook } from "./booking.ts";
import { organisationCeiling, sharePercents } from "./budgets_in_force.ts";
import { causeOf, mayBeLater } from "../platform/errors.ts";
import type { Doubt } from "./rules/claims.ts";
import { timePrefix } from "../shared/time_prefix.ts";
import { ALL, type LedgerEntry, meteringKeys, type Running } from "./records.ts";
import type { Key } from "../store/key.ts";
import { EMPTY_DAY } from "./ledger.ts";
import type { Tx } from "../store/transactions.ts";
import type { Deps } from "../deps.ts";
import { noRoom } from "./refusals.ts";
import { doubtAlert, raise } from "./spending_alerts.ts";
import {
  holdShares,
  openShares,
  settleShares,
  shareKeys,
  sharersOf,
  simulatorPurse,
  simulatorSharers,
} from "./shares.ts";

/** A call that is about to be made. */
export interface SideCall {
  tool: string;
  /** The ceiling of its tool, in nano-dollars; null for none. */
  ceiling: bigint | null;
  channel: string;
  provider: string;
  model: string;
  simulated: boolean;
  /** The most that it can cost, in nano-dollars. */
  worst: bigint;
  /** For whom it is made, in whose share of the day it counts; null for nobody's. */
  visitor: string | null;
  /** Whether it is made for a simulated phone, whose budget is its own. */
  apart?: boolean;
}

/** What a call used and cost. */
export type SideCost =
  & Pick<LedgerEntry, "usd" | "basis">
  & Partial<Pick<LedgerEntry, "input" | "cached" | "output" | "reasoning" | "audioSeconds">>
  & {
    /** What is odd about what the provider told. */
    doubt?: Doubt | null;
  };

const UNUSED = { input: 0, cached: 0, output: 0, reasoning: 0, audioSeconds: 0, images: 0 };
const TRIES = 6;

/**
 * Calls of models beside the turns of conversations, such as for a transcript:
 * their worst case is held before and settled after, as a turn's is. The hold of
 * a process that is gone is released by the {@link Caretaker}.
 */
export class SideCalls {
  private readonly underWay = new Set<string>();
  /** What calls cost that could not be written down yet. */
  private readonly unsettled = new Map<string, SideCost | null>();

  constructor(private readonly deps: Deps) {}

  has(id: string): boolean {
    return this.underWay.has(id);
  }

  /**
   * Holds what a call may cost.
   * @throws {AppError} `over_budget` or `over_share`; then nothing is held.
   */
  async hold(call: SideCall): Promise<Running> {
    const { store, clock, calendar } = this.deps;
    const now = clock();
    const running = runningOf(call, {
      now,
      day: calendar.dayOf(now),
      organisation: organisationCeiling(this.deps),
    });
    const { tool, organisation } = dayKeys(running);
    const { day } = running.hold;
    const percents = sharePercents(this.deps);
    const { apart = false } = call;
    const sharers = apart
      ? simulatorSharers()
      : call.visitor === null
      ? []
      : sharersOf({ visitor: call.visitor, address: null }, day, percents);
    if (apart) running.apart = true;
    if (sharers.length > 0) running.shares = { of: sharers, held: call.worst };
    this.underWay.add(running.turn);
    try {
      await store.transactions.run([tool, organisation, ...shareKeys(sharers)], (tx) => {
        const days = [tx.get(tool) ?? EMPTY_DAY, tx.get(organisation) ?? EMPTY_DAY] as const;
        const { purses: shares } = openShares(tx, apart ? [] : sharers, {
          day,
          tool: call.tool,
          ceilings: running.ceilings,
          percents,
          linked: false,
        });
        const purses = apart ? [simulatorPurse(tx, day)] : [
          purseOf(days[0], running.ceilings.tool),
          purseOf(days[1], running.ceilings.organisation),
          ...shares,
        ];
        for (const purse of purses) {
          const { ceiling, spent, held } = purse;
          if (ceiling === null || spent + held + call.worst <= ceiling) continue;
          throw noRoom({ now, dayEnds: calendar.endOfDay(now) }, purses, purse);
        }
        holdShares(tx, sharers, { day, tool: call.tool, amount: call.worst });
        if (!apart) {
          tx.set(tool, withHold(days[0], call.worst, 1));
          tx.set(organisation, withHold(days[1], call.worst, 1));
        }
        tx.set(meteringKeys.running(store.roster.self, running.turn), running);
      }, 3_000);
    } catch (error) {
      this.underWay.delete(running.turn);
      throw error;
    }
    return running;
  }

  /**
   * Releases a hold and books what was spent, if anything; `also` writes in the
   * same commit. Tried again for some seconds while the store does not answer, and
   * later by the {@link Caretaker}: what was paid for is not told as an error.
   */
  async settle(running: Running, cost: SideCost | null, also?: (tx: Tx) => void): Promise<void> {
    const { store, log } = this.deps;
    // What is written beside the money does not keep it from being booked.
    let beside = also;
    const writing = (tx: Tx) => {
      try {
        beside?.(tx);
      } catch (error) {
        beside = undefined;
        throw error;
      }
    };
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      if (attempt === TRIES) beside = undefined;
      const alone = beside === undefined;
      try {
        await this.end(store.roster.self, running, cost, writing);
        this.underWay.delete(running.turn);
        return;
      } catch (error) {
        log("error", "A call cannot be settled yet", {
          turn: running.turn,
          attempt,
          error: causeOf(error),
        });
        if (!mayBeLater(error)) {
          // What can never be stored is left out: what was paid is booked all the same.
          if (alone) break;
          beside = undefined;
        } else if (attempt < TRIES) {
          await new Promise((done) => setTimeout(done, 100 * 2 ** attempt));
        }
      }
    }
    this.unsettled.set(running.turn, cost);
    this.underWay.delete(running.turn);
  }

  /**
   * Ends a call that nobody settles. One of this process cost what is known of it, and
   * nothing where it was never made. One of a process that is gone may have been billed:
   * its worst case is booked.
   */
  async endStray(process: string, running: Running): Promise<void> {
    const own = process === this.deps.store.roster.self;
    const worst: SideCost = { usd: running.hold.amount, basis: "estimated" };
    const cost = own ? this.unsettled.get(running.turn) ?? null : worst;
    await this.end(process, running, cost);
    this.unsettled.delete(running.turn);
  }

  /** The same for a call of any process, once; nothing when it had ended before. */
  async end(
    process: string,
    running: Running,
    cost: SideCost | null,
    also: (tx: Tx) => void = () => {},
  ): Promise<void> {
    const { store: { transactions, settings }, clock, calendar, log } = this.deps;
    const key = meteringKeys.running(process, running.turn);
    const days = Object.values(dayKeys(running));
    const entry = cost && entryOf(running, cost, clock());
    const booked = { ...running, day: running.hold.day };
    const reads: Key<unknown>[] = [
      key,
      ...readsToBook(booked),
      ...shareKeys(running.shares?.of ?? []),
    ];
    const doubted = doubtAlert(clock(), { ...running, doubt: cost?.doubt ?? null });
    const ended = await transactions.run(reads, (tx) => {
      const open = tx.get(key);
      if (open === null) return false;
      tx.delete(key);
      for (const day of open.apart ? [] : days) {
        tx.set(day, withHold(tx.get(day) ?? EMPTY_DAY, -open.hold.amount, -1));
      }
      settleShares(tx, running, entry?.usd ?? 0n);
      if (entry) {
        const hour = calendar.hourOf(running.startedAt);
        const { shares } = settings.current.alerts;
        raise(tx, entry.day, [...doubted, ...book(tx, entry, hour, running.ceilings, shares)]);
      }
      also(tx);
      return true;
    }, 8_000);
    if (!ended) return;
    for (const { code, name, params } of doubted) log("error", "Alert", { code, name, ...params });
  }
}

function runningOf(
  { tool, ceiling, channel, provider, model, simulated, worst }: SideCall,
  { now, day, organisation }: { now: number; day: string; organisation: bigint | null },
): Running {
  const id = timePrefix(now) + crypto.randomUUID().slice(0, 13);
  return {
    turn: id,
    request: id,
    visitor: "",
    tool,
    conversation: "",
    number: 0,
    question: 0,
    model,
    provider,
    simulated,
    channel,
    variant: null,
    startedAt: now,
    maxTokens: 0,
    inputEstimate: 0,
    price: { input: 0n, cachedInput: 0n, output: 0n },
    estimate: worst,
    hold: { day, amount: worst },
    ceilings: { tool: ceiling, organisation },
    notices: [],
  };
}

function entryOf(running: Running, { doubt, ...cost }: SideCost, at: number): LedgerEntry {
  const { turn, tool, model, provider, channel, variant, simulated } = running;
  const day = running.hold.day;
  return {
    turn,
    at,
    day,
    tool,
    model,
    provider,
    channel,
    variant,
    simulated,
    ...UNUSED,
    ...(running.apart ? { apart: true } : {}),
    ...cost,
    ...disbelief(doubt),
  };
}

/** The days that a hold counts in. */
function dayKeys({ hold: { day }, tool }: Running) {
  return {
    tool: meteringKeys.day(day, "tool", tool),
    organisation: meteringKeys.day(day, "organisation", ALL),
  };
}

function withHold<T extends { held: bigint; holds: number }>(day: T, by: bigint, holds: 1 | -1): T {
  return { ...day, held: day.held + by, holds: day.holds + holds };
}
