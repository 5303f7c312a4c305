import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import type { DeviceRecord, SessionRecord } from "./rules/admin_session.ts";
import { adminKeys } from "./records.ts";
import type { Kv } from "../store/kv.ts";
import type { Transactions } from "../store/transactions.ts";

/** The logins of those who run the tools. There are few: all are read to list some. */
export class Admins {
  constructor(private readonly kv: Kv, private readonly transactions: Transactions) {}

  async session(id: string): Promise<SessionRecord | null> {
    return (await this.kv.get(adminKeys.adminSession(id))).value;
  }

  /** All that the store still holds, those that have ended among them. */
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

  /** All browsers that signed in within the last months. */
  async devices(): Promise<{ id: string; device: DeviceRecord }[]> {
    const rows = await this.kv.list(
      { prefix: ["admin_device"] },
      (path) => adminKeys.adminDevice(String(path[1])),
    );
    return rows.map(({ path, value }) => ({ id: String(path[1]), device: value }));
  }

  /** The salt of this store: 16 random bytes, the same for all its processes from the first use on. */
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
