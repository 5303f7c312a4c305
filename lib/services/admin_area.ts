import { AppError } from "../domain/errors.ts";
import { admit } from "../domain/rate.ts";
import { keys } from "../store/keys.ts";
import { AdminLogin } from "./admin_login.ts";
import { AdminPassword } from "./admin_password.ts";
import { AdminSessions } from "./admin_sessions.ts";
import type { Deps } from "./deps.ts";
import { noting } from "./refusal_log.ts";
import { limitsOf } from "./settings_in_force.ts";

/** The doors of the admin area, once somebody has given it a password and named who may enter. */
export class AdminArea {
  readonly login: AdminLogin;
  readonly sessions: AdminSessions;

  private constructor(private readonly deps: Deps, password: string) {
    const checked = new AdminPassword(password, () => deps.store.admins.salt());
    this.sessions = new AdminSessions(deps, checked);
    this.login = new AdminLogin(deps, checked, this.sessions);
  }

  /** The area, or null while it is closed. */
  static of(deps: Deps): AdminArea | null {
    const { ADMIN_PASSWORD, ALLOWED_ADMIN_EMAILS } = deps.config;
    return ADMIN_PASSWORD === undefined || ALLOWED_ADMIN_EMAILS.length === 0
      ? null
      : new AdminArea(deps, ADMIN_PASSWORD);
  }

  /**
   * Counts an action of a person.
   * @throws {AppError} `limited` when there were too many in five minutes.
   */
  async act(email: string): Promise<void> {
    const rate = limitsOf(this.deps).admin;
    const key = keys.limit("admin", email);
    const now = this.deps.clock();
    await noting(this.deps, "admin", email, () =>
      this.deps.store.transactions.run([key], (tx) => {
        const { admitted, times, waitMs } = admit(tx.get(key) ?? [], now, rate);
        if (!admitted) throw tooManyActions(waitMs);
        tx.set(key, times);
      }));
  }
}

function tooManyActions(waitMs: number): AppError {
  const seconds = Math.ceil(waitMs / 1_000);
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return new AppError(
    "limited",
    `That was a lot of changes in a short time. You can go on in ${wait}; nothing was changed.`,
    { retryAfterMs: waitMs },
  );
}
