import type { SessionRecord } from "../domain/admin_session.ts";
import { keys } from "./keys.ts";
import type { Kv } from "./kv.ts";

/** The logins of those who run the tools. There are few: all are read to list some. */
export class Admins {
  constructor(private readonly kv: Kv) {}

  async session(id: string): Promise<SessionRecord | null> {
    return (await this.kv.get(keys.adminSession(id))).value;
  }

  /** All that the store still holds, those that have ended among them. */
  async sessions(): Promise<{ id: string; session: SessionRecord }[]> {
    const rows = await this.kv.list(
      { prefix: ["admin_session"] },
      (path) => keys.adminSession(String(path[1])),
    );
    return rows.map(({ path, value }) => ({ id: String(path[1]), session: value }));
  }
}
