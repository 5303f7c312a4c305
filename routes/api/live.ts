import { define } from "@/lib/web/define.ts";

/** Says that the process serves; asks nothing of anybody. */
export const handler = define.handlers({
  GET: () => Response.json({ status: "pass" }, { headers: { "cache-control": "no-store" } }),
});
