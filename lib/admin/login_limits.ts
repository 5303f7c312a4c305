import { AppError } from "../platform/errors.ts";
import { networkOf } from "../limits/rules/networks.ts";
import { admit, type RateLimit } from "../limits/rules/rate.ts";
import { limitKeys } from "../limits/records.ts";
import { recordRefusal } from "../limits/refusal_log.ts";
import type { Calendar } from "../platform/calendar.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Transactions } from "../store/transactions.ts";
import type { Refusals } from "../limits/refusals.ts";

interface Needs {
  store: { transactions: Transactions; refusals: Refusals };
  calendar: Calendar;
  clock: Clock;
  log: Log;
}

const WINDOW = 15 * 60_000;
/** Failures of one browser, or from one address: IPv6 by its /64. */
const FAILURES: RateLimit = { limit: 5, windowMs: WINDOW };
/** Failures from an IPv6 network (/48), which one subscriber may have whole. */
const NETWORK_FAILURES: RateLimit = { limit: 20, windowMs: WINDOW };

interface Counter {
  kind: "login-device" | "login-address" | "login-network";
  source: string;
  rate: RateLimit;
}

/** Where an attempt comes from. */
export interface LoginOrigin {
  /** In lower case. */
  email: string;
  /** As limits count it. */
  address: string;
  /** The browser, if this person signed in from it before. */
  device: string | null;
}

/**
 * How many failed sign-ins there may be. They count against where they come
 * from, never against the account: else five wrong passwords of a stranger would
 * keep its owner out. A browser that signed in before has a count of its own.
 */
export class LoginLimits {
  constructor(private readonly deps: Needs) {}

  /**
   * Counts an attempt as a failure until it has succeeded: any number at the
   * same moment get no more guesses than one after another.
   * @returns the failures before this one, and how many more tries are left
   * @throws {AppError} `limited`
   */
  async count(origin: LoginOrigin): Promise<{ failures: number; left: number }> {
    const counters = countersOf(origin);
    const now = this.deps.clock();
    const decisions = await this.deps.store.transactions.run(counters.map(keyOf), (tx) => {
      const decided = counters.map((counter) => ({
        counter,
        ...admit(tx.get(keyOf(counter)) ?? [], now, counter.rate),
      }));
      if (decided.every(({ admitted }) => admitted)) {
        for (const { counter, times } of decided) tx.set(keyOf(counter), times);
      }
      return decided;
    });
    const refused = decisions.filter(({ admitted }) => !admitted);
    for (const { counter } of refused) recordRefusal(this.deps, counter.kind, counter.source);
    if (refused.length > 0) {
      throw tooManyFailures(Math.max(...refused.map(({ waitMs }) => waitMs)));
    }
    return {
      failures: (decisions[0]?.times.length ?? 1) - 1,
      left: Math.min(...decisions.map(({ remaining }) => remaining)),
    };
  }

  /** Takes back what `count()` counted. A success clears all failures of a browser that is known. */
  async forgive(origin: LoginOrigin, outcome: "success" | "unchecked"): Promise<void> {
    const counters = countersOf(origin);
    await this.deps.store.transactions.run(counters.map(keyOf), (tx) => {
      for (const counter of counters) {
        const rest = (tx.get(keyOf(counter)) ?? []).slice(0, -1);
        const clear = outcome === "success" && counter.kind === "login-device";
        if (clear || rest.length === 0) tx.delete(keyOf(counter));
        else tx.set(keyOf(counter), rest);
      }
    });
  }
}

function countersOf({ email, address, device }: LoginOrigin): Counter[] {
  if (device !== null) {
    return [{ kind: "login-device", source: `${email} ${device}`, rate: FAILURES }];
  }
  const network = networkOf(address);
  return [
    { kind: "login-address", source: address, rate: FAILURES },
    ...(network === null
      ? []
      : [{ kind: "login-network" as const, source: network, rate: NETWORK_FAILURES }]),
  ];
}

function keyOf({ kind, source }: Counter) {
  return limitKeys.limit(kind, source);
}

function tooManyFailures(waitMs: number): AppError {
  return new AppError("limited", { code: "login.limited", waitMs }, { retryAfterMs: waitMs });
}
