import { define } from "@/lib/web/define.ts";

/** Liveness probe; touches no dependency. */
export const handler = define.handlers({
  GET: () => Response.json({ status: "pass" }, { headers: { "cache-control": "no-store" } }),
});
