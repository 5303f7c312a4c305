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
  /** What the browser shows of an earlier login, if anything. */
  device: string | null;
  /** The request's name in the log. */
  requestId: string;
}

/** A session, and the cookie by which its browser is known from now on. */
export interface SignedIn extends BegunSession {
  device: string;
}

/** Lets in who has an allowed e-mail address and the password. */
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
   * Begins a session.
   * @throws {AppError} `denied`, or `limited` after too many failures; neither says whether there
   * is such an account.
   */
  async signIn(attempt: LoginAttempt): Promise<SignedIn> {
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
    return {
      ...await this.sessions.open({ ...attempt, email, failures }),
      device: await this.devices.remember(attempt.device, email),
    };
  }

  /** @throws {AppError} `denied`; `limited` when too many wait to be checked, which is no failure */
  private async check({ password }: LoginAttempt, origin: LoginOrigin, left: number) {
    let right: boolean;
    try {
      // An unknown address costs the same time as a known one.
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

  /** Runs a step; a refusal is logged. What was typed may be a password: unknown accounts are not named. */
  private async logged<T>(
    message: string,
    { requestId }: LoginAttempt,
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
