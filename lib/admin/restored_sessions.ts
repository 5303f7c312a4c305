import { adminKeys } from "./records.ts";
import type { Kv } from "../store/kv.ts";
import { commitSafely } from "../store/migrations.ts";

/** Ends the sessions of restored records: they may have been ended since, and must not live again. */
export async function endSessions(kv: Kv): Promise<void> {
  const { adminSession } = adminKeys;
  for await (
    const rows of kv.pieces(["admin_session"], (path) => adminSession(String(path[1])))
  ) {
    for (const { path } of rows) await commitSafely(kv, () => kv.atomic().delete(path));
  }
}
