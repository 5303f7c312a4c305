import { ProcessLocks } from "@/lib/store/process_locks.ts";

/** Takes a lock as `other` in the given folder, prints that it has it, and keeps running. */
if (!await new ProcessLocks(Deno.args[0] ?? "").hold("other", Date.now())) Deno.exit(1);
await Deno.stdout.write(new TextEncoder().encode("held\n"));
setInterval(() => {}, 60_000);
