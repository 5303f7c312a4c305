import { ProcessLocks } from "@/lib/store/process_locks.ts";

/** Takes a lock as `other` in the folder that it is given, says so, and lives on. */
if (!await new ProcessLocks(Deno.args[0] ?? "").hold("other", Date.now())) Deno.exit(1);
await Deno.stdout.write(new TextEncoder().encode("held\n"));
setInterval(() => {}, 60_000);
