import { define } from "@/lib/web/define.ts";

/** Names the addresses, for clients that try the base address first. */
export const handler = define.handlers({
  GET: () => Response.json({ object: "api", endpoints: ["/v1/models", "/v1/chat/completions"] }),
});
