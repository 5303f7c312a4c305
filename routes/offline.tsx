import { page } from "fresh";
import { OfflinePage } from "@/components/own/OfflinePage.tsx";
import { define } from "@/lib/web/define.ts";

/** Kept by the service worker, for times without a network. */
export const handler = define.handlers({
  GET() {
    return page({}, { headers: { "cache-control": "no-cache" } });
  },
});

export default define.page<typeof handler>(({ state }) => (
  <OfflinePage organisation={state.organisation} />
));
