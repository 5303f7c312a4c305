import { createHash, randomBytes } from "node:crypto";
import { type DeviceRecord, KNOWN_MS } from "./rules/admin_session.ts";
import { constantTimeEqual } from "../platform/constant_time.ts";
import { adminKeys } from "./records.ts";
import type { Clock } from "../platform/clock.ts";
import type { Admins } from "./stored_admins.ts";
import type { Transactions } from "../store/transactions.ts";

interface Needs {
  store: { admins: Admins; transactions: Transactions };
  clock: Clock;
}

/** Most known browsers; the least recently used is removed. */
const MOST = 100;
/** Most admins per browser. */
const MOST_EMAILS = 10;

/**
 * Browsers of earlier sign-ins, known by a cookie that lasts months and grants no access.
 * Failures elsewhere do not count against them:
 * https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
 */
export class KnownDevices {
  constructor(private readonly deps: Needs) {}

  /** Id of the cookie's browser, if this admin has signed in from it. */
  async known(cookie: string | null, email: string): Promise<string | null> {
    const found = await this.find(cookie);
    return found?.device.emails.includes(email) ? found.id : null;
  }

  /** Records a sign-in from a browser. Returns the cookie's value. */
  async remember(cookie: string | null, email: string): Promise<string> {
    const { store, clock } = this.deps;
    const former = await this.find(cookie);
    const id = former?.id ?? randomBytes(16).toString("base64url");
    const token = former?.token ?? randomBytes(32).toString("base64url");
    const others = former?.device.emails.filter((other) => other !== email) ?? [];
    const device = {
      token: hashOf(token),
      emails: [email, ...others].slice(0, MOST_EMAILS),
      usedAt: clock(),
    };
    const surplus = (await store.admins.devices())
      .filter((other) => other.id !== id)
      .sort((a, b) => b.device.usedAt - a.device.usedAt)
      .slice(MOST - 1);
    await store.transactions.run([], (tx) => {
      tx.set(adminKeys.adminDevice(id), device);
      for (const other of surplus) tx.delete(adminKeys.adminDevice(other.id));
    });
    return `${id}.${token}`;
  }

  private async find(
    cookie: string | null,
  ): Promise<{ id: string; token: string; device: DeviceRecord } | null> {
    const [, id, token] = /^([\w-]{22})\.([\w-]{43})$/.exec(cookie ?? "") ?? [];
    if (id === undefined || token === undefined) return null;
    const device = await this.deps.store.admins.device(id);
    if (device === null || !constantTimeEqual(hashOf(token), device.token)) return null;
    return device.usedAt + KNOWN_MS > this.deps.clock() ? { id, token, device } : null;
  }
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
