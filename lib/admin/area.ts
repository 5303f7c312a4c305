import { currentLimits } from "../limits/limits_in_force.ts";
import { AppError } from "../platform/errors.ts";
import { admit } from "../limits/rules/rate.ts";
import { limitKeys } from "../limits/records.ts";
import { AdminLogin } from "./login.ts";
import { AdminPassword } from "./password.ts";
import { AdminSessions } from "./sessions.ts";
import { recordRefusal } from "../limits/refusal_log.ts";
import type { Config } from "../config.ts";
import type { Calendar } from "../platform/calendar.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Kv } from "../store/kv.ts";
import type { Admins } from "./stored_admins.ts";
import type { Transactions } from "../store/transactions.ts";
import type { Refusals } from "../limits/refusals.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";

interface Needs {
  store: {
    admins: Admins;
    kv: Kv;
    transactions: Transactions;
    refusals: Refusals;
    settings: StoredSettings;
  };
  config: Config;
  calendar: Calendar;
  clock: Clock;
  log: Log;
}

/** Services of the admin area; requires a password and allowed e-mail addresses. */
export class AdminArea {
  readonly login: AdminLogin;
  readonly sessions: AdminSessions;

  private constructor(private readonly deps: Needs, password: string) {
    const checked = new AdminPassword(password, () => deps.store.admins.salt());
    // A restored store has its own salt.
    deps.store.kv.onSwitch(() => checked.forgetSalt());
    this.sessions = new AdminSessions(deps, checked);
    this.login = new AdminLogin(deps, checked, this.sessions);
  }

  /** The area, or null if it is not configured. */
  static of(deps: Needs): AdminArea | null {
    const { ADMIN_PASSWORD, ALLOWED_ADMIN_EMAILS } = deps.config;
    return ADMIN_PASSWORD === undefined || ALLOWED_ADMIN_EMAILS.length === 0
      ? null
      : new AdminArea(deps, ADMIN_PASSWORD);
  }

  /**
   * Counts an action against the admin and the address.
   * @throws {AppError} `limited` after too many of either in five minutes
   */
  async act(email: string, address: string): Promise<void> {
    const { store, clock } = this.deps;
    const now = clock();
    const rate = currentLimits(this.deps).admin;
    const counted = [email, address].map((source) => ({
      source,
      key: limitKeys.limit("admin", source),
    }));
    await store.transactions.run(counted.map(({ key }) => key), (tx) => {
      for (const { source, key } of counted) {
        const { admitted, times, waitMs } = admit(tx.get(key) ?? [], now, rate);
        if (!admitted) throw new TooManyActions(source, waitMs);
        tx.set(key, times);
      }
    }).catch((error) => {
      if (error instanceof TooManyActions) recordRefusal(this.deps, "admin", error.source);
      throw error;
    });
  }
}

class TooManyActions extends AppError {
  constructor(readonly source: string, waitMs: number) {
    super("limited", { code: "actions.limited", waitMs }, { retryAfterMs: waitMs });
  }
}
