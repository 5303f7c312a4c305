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

/** The most browsers that are known; the one unused for longest gives way. */
const MOST = 100;
/** The most people of one browser. */
const MOST_EMAILS = 10;

/**
 * The browsers from which somebody signed in before, known by a cookie that
 * lasts for months and opens nothing: its only use is that failures elsewhere
 * do not count against it
 * (https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies).
 */
export class KnownDevices {
  constructor(private readonly deps: Needs) {}

  /** The id of the browser that a cookie names, if this person signed in from it before. */
  async known(cookie: string | null, email: string): Promise<string | null> {
    const found = await this.find(cookie);
    return found?.device.emails.includes(email) ? found.id : null;
  }

  /** Notes that somebody has signed in from a browser. Returns the value of its cookie. */
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
