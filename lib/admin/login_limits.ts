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
/** Failures per browser, or per address (IPv6: its /64). */
const FAILURES: RateLimit = { limit: 5, windowMs: WINDOW };
/** Failures per IPv6 network (/48), which one subscriber may own. */
const NETWORK_FAILURES: RateLimit = { limit: 20, windowMs: WINDOW };

interface Counter {
  kind: "login-device" | "login-address" | "login-network";
  source: string;
  rate: RateLimit;
}

/** Origin of an attempt. */
export interface LoginOrigin {
  /** In lower case. */
  email: string;
  /** Normalised for rate limits. */
  address: string;
  /** Id of a browser from which this admin has signed in before. */
  device: string | null;
}

/**
 * Rate limits of failed sign-ins, by origin and never by account.
 * Otherwise a stranger's five wrong passwords would lock out the account's owner. Known browsers
 * have limits of their own.
 */
export class LoginLimits {
  constructor(private readonly deps: Needs) {}

  /**
   * Counts an attempt as a failure until it succeeds.
   * Concurrent attempts therefore get no extra guesses.
   * @returns earlier failures and remaining tries
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

  /** Undoes `count()`; a success also clears the failures of a known browser. */
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
