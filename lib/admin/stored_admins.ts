import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import type { DeviceRecord, SessionRecord } from "./rules/admin_session.ts";
import { adminKeys } from "./records.ts";
import type { Kv } from "../store/kv.ts";
import type { Transactions } from "../store/transactions.ts";

/** Sessions and browsers of the admins; few enough to be read as a whole. */
export class Admins {
  constructor(private readonly kv: Kv, private readonly transactions: Transactions) {}

  async session(id: string): Promise<SessionRecord | null> {
    return (await this.kv.get(adminKeys.adminSession(id))).value;
  }

  /** All stored sessions, including ended ones. */
  async sessions(): Promise<{ id: string; session: SessionRecord }[]> {
    const rows = await this.kv.list(
      { prefix: ["admin_session"] },
      (path) => adminKeys.adminSession(String(path[1])),
    );
    return rows.map(({ path, value }) => ({ id: String(path[1]), session: value }));
  }

  async device(id: string): Promise<DeviceRecord | null> {
    return (await this.kv.get(adminKeys.adminDevice(id))).value;
  }

  /** All known browsers. */
  async devices(): Promise<{ id: string; device: DeviceRecord }[]> {
    const rows = await this.kv.list(
      { prefix: ["admin_device"] },
      (path) => adminKeys.adminDevice(String(path[1])),
    );
    return rows.map(({ path, value }) => ({ id: String(path[1]), device: value }));
  }

  /** Salt of this store: 16 random bytes, created once and shared by all processes. */
  async salt(): Promise<Uint8Array> {
    const key = adminKeys.adminSalt();
    const fresh = randomBytes(16).toString("base64url");
    const salt = (await this.kv.get(key)).value ??
      await this.transactions.run([key], (tx) => {
        const stored = tx.get(key);
        if (stored === null) tx.set(key, fresh);
        return stored ?? fresh;
      });
    return Buffer.from(salt, "base64url");
  }
}
