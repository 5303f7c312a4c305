import { organisationCeiling } from "../config.ts";
import { timePrefix } from "../shared/time_prefix.ts";
import { ALL, type Key, keys, type LedgerEntry, type Running } from "../store/keys.ts";
import { EMPTY_DAY } from "../store/ledger.ts";
import type { Tx } from "../store/transactions.ts";
import { book, readsToBook } from "./booking.ts";
import type { Deps } from "./deps.ts";
import { overBudget } from "./refusals.ts";
import { mayBeLater } from "./settle_anyway.ts";
import { raise } from "./spending_alerts.ts";

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
}

/** What a call used and cost. */
export type SideCost =
  & Pick<LedgerEntry, "usd" | "basis">
  & Partial<Pick<LedgerEntry, "input" | "cached" | "output" | "reasoning" | "audioSeconds">>;

const UNUSED = { input: 0, cached: 0, output: 0, reasoning: 0, audioSeconds: 0, images: 0 };
const TRIES = 6;

/**
 * Calls of models beside the turns of conversations, such as for a transcript:
 * their worst case is held before and settled after, as a turn's is. The hold of
 * a process that is gone is released by the {@link Caretaker}.
 */
export class SideCalls {
  private readonly underWay = new Set<string>();

  constructor(private readonly deps: Deps) {}

  has(id: string): boolean {
    return this.underWay.has(id);
  }

  /**
   * Holds what a call may cost.
   * @throws {AppError} `over_budget`; then nothing is held.
   */
  async hold(call: SideCall): Promise<Running> {
    const { store, clock, calendar, config } = this.deps;
    const now = clock();
    const running = runningOf(call, {
      now,
      day: calendar.dayOf(now),
      organisation: organisationCeiling(config),
    });
    const { tool, organisation } = dayKeys(running);
    this.underWay.add(running.turn);
    try {
      await store.transactions.run([tool, organisation], (tx) => {
        const days = [tx.get(tool) ?? EMPTY_DAY, tx.get(organisation) ?? EMPTY_DAY] as const;
        const purses = [
          { ...days[0], ceiling: running.ceilings.tool },
          { ...days[1], ceiling: running.ceilings.organisation },
        ];
        for (const { ceiling, spent, held } of purses) {
          if (ceiling === null || spent + held + call.worst <= ceiling) continue;
          const { timeZone } = calendar;
          throw overBudget({ now, dayEnds: calendar.endOfDay(now), timeZone }, purses);
        }
        tx.set(tool, withHold(days[0], call.worst, 1));
        tx.set(organisation, withHold(days[1], call.worst, 1));
        tx.set(keys.running(store.roster.self, running.turn), running);
      }, 3_000);
    } catch (error) {
      this.underWay.delete(running.turn);
      throw error;
    }
    return running;
  }

  /**
   * Releases a hold and books what was spent, if anything; `also` writes in the
   * same commit. Tried again for some seconds while the store does not answer.
   */
  async settle(running: Running, cost: SideCost | null, also?: (tx: Tx) => void): Promise<void> {
    try {
      for (let attempt = 1;; attempt++) {
        try {
          return await this.end(this.deps.store.roster.self, running, cost, also);
        } catch (error) {
          if (attempt === TRIES || (!mayBeLater(error) && also === undefined)) throw error;
          // What can never be stored is left out: what was paid is booked all the same.
          if (!mayBeLater(error)) also = undefined;
          else await new Promise((done) => setTimeout(done, 100 * 2 ** attempt));
        }
      }
    } finally {
      this.underWay.delete(running.turn);
    }
  }

  /** The same for a call of any process, once; nothing when it had ended before. */
  async end(
    process: string,
    running: Running,
    cost: SideCost | null,
    also: (tx: Tx) => void = () => {},
  ): Promise<void> {
    const { store: { transactions, settings }, clock, calendar } = this.deps;
    const key = keys.running(process, running.turn);
    const days = Object.values(dayKeys(running));
    const entry = cost && entryOf(running, cost, clock());
    const booked = { ...running, day: running.hold.day };
    const reads: Key<unknown>[] = [key, ...readsToBook(booked)];
    await transactions.run(reads, (tx) => {
      const open = tx.get(key);
      if (open === null) return;
      tx.delete(key);
      for (const day of days) {
        tx.set(day, withHold(tx.get(day) ?? EMPTY_DAY, -open.hold.amount, -1));
      }
      if (entry) {
        const hour = calendar.hourOf(running.startedAt);
        const { shares } = settings.current.alerts;
        raise(tx, entry.day, book(tx, entry, hour, running.ceilings, shares));
      }
      also(tx);
    }, 8_000);
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

function entryOf(running: Running, cost: SideCost, at: number): LedgerEntry {
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
    ...cost,
  };
}

/** The days that a hold counts in. */
function dayKeys({ hold: { day }, tool }: Running) {
  return { tool: keys.day(day, "tool", tool), organisation: keys.day(day, "organisation", ALL) };
}

function withHold<T extends { held: bigint; holds: number }>(day: T, by: bigint, holds: 1 | -1): T {
  return { ...day, held: day.held + by, holds: day.holds + holds };
}
