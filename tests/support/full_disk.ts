import { assert } from "./assert.ts";
import type { Server } from "./server.ts";

/** Whether this machine can limit a running process. */
export const canLimit = await new Deno.Command("prlimit", { args: ["--version"] }).output()
  .then(({ success }) => success, () => false);

/** Limits the size of every file that a server writes from now on. */
export async function limitFiles({ pid }: Server, bytes: number | "unlimited"): Promise<void> {
  const args = ["--pid", String(pid), `--fsize=${bytes}:`];
  const { success } = await new Deno.Command("prlimit", { args }).output();
  assert.ok(success);
}
