import { AppError } from "../platform/errors.ts";
import { maskedSource } from "../limits/rules/mask.ts";
import { KnownDevices } from "./devices.ts";
import type { AdminPassword } from "./password.ts";
import type { AdminSessions, BegunSession } from "./sessions.ts";
import { LoginLimits, type LoginOrigin } from "./login_limits.ts";
import type { Clock } from "../platform/clock.ts";
import type { Calendar } from "../platform/calendar.ts";
import type { Log } from "../platform/log.ts";
import type { Config } from "../config.ts";
import type { Admins } from "./stored_admins.ts";
import type { Transactions } from "../store/transactions.ts";
import type { Refusals } from "../limits/refusals.ts";

interface Needs {
  store: { admins: Admins; transactions: Transactions; refusals: Refusals };
  clock: Clock;
  calendar: Calendar;
  log: Log;
  config: Config;
}

/** Longer passwords are refused; only this many characters are hashed. */
const LONGEST_PASSWORD = 1_000;

/** A password that is tried. */
interface Guess {
  email: string;
  password: string;
  /** The client's address, for rate limits. */
  address: string;
  /** The browser's device cookie; see KnownDevices. */
  device: string | null;
  /** Request id in the log. */
  requestId: string;
}

export interface LoginAttempt extends Guess {
  userAgent: string | null;
  /** Cookie of the browser's earlier session, which ends. */
  replaces: string | null;
}

/** A new session with the browser's device cookie. */
export interface SignedIn extends BegunSession {
  device: string;
}

/** Sign-in with an allowed e-mail address and the admin password. */
export class AdminLogin {
  private readonly devices: KnownDevices;
  private readonly limits: LoginLimits;

  constructor(
    private readonly deps: Needs,
    private readonly password: AdminPassword,
    private readonly sessions: AdminSessions,
  ) {
    this.devices = new KnownDevices(deps);
    this.limits = new LoginLimits(deps);
  }

  /**
   * Starts a session; an error does not reveal whether the account exists.
   * @throws {AppError} `denied`; `limited` after too many failures
   */
  async signIn(attempt: LoginAttempt): Promise<SignedIn> {
    const { email, failures } = await this.checked(attempt);
    return {
      ...await this.sessions.open({ ...attempt, email, failures }),
      device: await this.devices.remember(attempt.device, email),
    };
  }

  /**
   * Checks the password of a signed-in admin again, as a sign-in does.
   * @throws {AppError} as {@link signIn}
   */
  async confirm(attempt: Guess): Promise<void> {
    try {
      await this.checked(attempt);
    } catch (error) {
      if (!(error instanceof AppError) || error.told.code !== "login.wrong") throw error;
      throw new AppError("denied", { code: "password.wrong", left: error.told.left });
    }
  }

  /** The account of a right guess, and the failures before. */
  private async checked(attempt: Guess): Promise<{ email: string; failures: number }> {
    const email = attempt.email.trim().toLowerCase();
    const device = await this.devices.known(attempt.device, email);
    const origin = { email, address: attempt.address, device };
    const { failures, left } = await this.logged(
      "Admin login held back",
      attempt,
      origin,
      () => this.limits.count(origin),
    );
    await this.logged(
      "Admin login failed",
      attempt,
      origin,
      () => this.check(attempt, origin, left),
    );
    await this.limits.forgive(origin, "success");
    return { email, failures };
  }

  /**
   * @throws {AppError} `denied`; `limited` when the queue is full, which does not count as a
   *   failure
   */
  private async check({ password }: Guess, origin: LoginOrigin, left: number) {
    let right: boolean;
    try {
      // An unknown account takes the same time as a known one.
      const guess = password.slice(0, LONGEST_PASSWORD);
      right = await this.password.matches(guess, origin.device === null ? "stranger" : "known");
    } catch (error) {
      await this.limits.forgive(origin, "unchecked");
      throw error;
    }
    if (!right || password.length > LONGEST_PASSWORD || !this.sessions.isAllowed(origin.email)) {
      throw new AppError("denied", { code: "login.wrong", left });
    }
  }

  /**
   * Runs a step and logs its refusal.
   * An unknown account may be a mistyped password, so it is not named.
   */
  private async logged<T>(
    message: string,
    { requestId }: Guess,
    { email, address, device }: LoginOrigin,
    step: () => Promise<T>,
  ): Promise<T> {
    try {
      return await step();
    } catch (error) {
      if (error instanceof AppError) {
        this.deps.log("warn", message, {
          request: requestId,
          account: this.sessions.isAllowed(email) ? maskedSource(email) : "unknown",
          address: maskedSource(address),
          knownBrowser: device !== null,
          reason: error.kind,
        });
      }
      throw error;
    }
  }
}
