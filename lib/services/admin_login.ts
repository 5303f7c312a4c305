import { createHash } from "node:crypto";
import { AppError } from "../domain/errors.ts";
import { admit, type RateLimit } from "../domain/rate.ts";
import { type Key, keys } from "../store/keys.ts";
import type { AdminPassword } from "./admin_password.ts";
import type { AdminSessions, BegunSession } from "./admin_sessions.ts";
import type { Deps } from "./deps.ts";
import { noting } from "./refusal_log.ts";

const WINDOW = 15 * 60_000;
/** Failures of one account, and from one address. */
const FAILURES: RateLimit = { limit: 5, windowMs: WINDOW };
/** Failures of everybody together: guessing from many addresses must not keep the machine busy. */
const ALL_FAILURES: RateLimit = { limit: 100, windowMs: WINDOW };
/** A longer one than this is no password but a load. */
const LONGEST_PASSWORD = 1_000;

export interface LoginAttempt {
  email: string;
  password: string;
  /** Where it comes from, for the limit. */
  address: string;
  userAgent: string | null;
  /** The session that the browser had before, if any; it ends. */
  replaces: string | null;
}

/** Lets in who has an allowed e-mail address and the password. */
export class AdminLogin {
  constructor(
    private readonly deps: Deps,
    private readonly password: AdminPassword,
    private readonly sessions: AdminSessions,
  ) {}

  /**
   * Begins a session.
   * @throws {AppError} `denied`, or `limited` after too many failures; neither says whether there
   * is such an account.
   */
  async signIn(attempt: LoginAttempt): Promise<BegunSession> {
    const email = attempt.email.trim().toLowerCase();
    const counters = this.countersOf(email, attempt.address);
    const failures = await noting(
      this.deps,
      "login-address",
      attempt.address,
      () => this.count(counters),
    );
    // An unknown address costs the same time as a known one.
    const right = await this.password.matches(attempt.password.slice(0, LONGEST_PASSWORD));
    if (!right || attempt.password.length > LONGEST_PASSWORD || !this.sessions.isAllowed(email)) {
      this.deps.log("warn", "Admin login failed", { failures });
      throw new AppError("denied", refusal(failures));
    }
    await this.forgive(counters);
    return await this.sessions.open({ ...attempt, email, failures: failures - 1 });
  }

  private countersOf(email: string, address: string): Counter[] {
    // What was typed may be anything, a password among others: it is not kept as it is.
    const account = createHash("sha256").update(email).digest("base64url");
    return [
      { key: keys.limit("login-account", account), rate: FAILURES },
      { key: keys.limit("login-address", address), rate: FAILURES },
      { key: keys.limit("login", "all"), rate: ALL_FAILURES },
    ];
  }

  /**
   * Counts an attempt as a failure until it has succeeded: any number at the
   * same moment get no more guesses than one after another.
   * @returns how many count against the account, this one among them
   */
  private count(counters: readonly Counter[]): Promise<number> {
    const now = this.deps.clock();
    return this.deps.store.transactions.run(counters.map(({ key }) => key), (tx) => {
      const decisions = counters.map(({ key, rate }) => admit(tx.get(key) ?? [], now, rate));
      const waits = decisions.map(({ admitted, waitMs }) => admitted ? 0 : waitMs);
      const waitMs = Math.max(...waits);
      if (waitMs > 0) throw tooManyFailures(waitMs);
      counters.forEach(({ key }, i) => tx.set(key, decisions[i]?.times ?? []));
      return decisions[0]?.times.length ?? 1;
    });
  }

  /** A success clears the account's failures, and is none of the others' itself. */
  private async forgive(counters: readonly Counter[]): Promise<void> {
    await this.deps.store.transactions.run(counters.map(({ key }) => key), (tx) => {
      counters.forEach(({ key }, i) => {
        const times = tx.get(key) ?? [];
        if (i === 0) tx.delete(key);
        else tx.set(key, times.slice(0, -1));
      });
    });
  }
}

interface Counter {
  key: Key<number[]>;
  rate: RateLimit;
}

function refusal(failures: number): string {
  const left = FAILURES.limit - failures;
  const wrong = "This e-mail address and password do not go together.";
  if (left <= 0) return `${wrong} That was the last try for a quarter of an hour.`;
  return `${wrong} ${left === 1 ? "One try is" : `${left} tries are`} left.`;
}

function tooManyFailures(waitMs: number): AppError {
  const minutes = Math.ceil(waitMs / 60_000);
  return new AppError(
    "limited",
    `There were too many failed tries. You can try again in ${
      minutes === 1 ? "a minute" : `${minutes} minutes`
    }.`,
    { retryAfterMs: waitMs },
  );
}
