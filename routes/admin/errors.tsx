import { page } from "fresh";
import { ErrorsPage } from "@/components/admin/errors/ErrorsPage.tsx";
import { FAILED_DAYS } from "@/lib/monitoring/records.ts";
import { define } from "@/lib/web/define.ts";

/** Most rows of the page. */
const MOST = 300;
const LONGEST = 40;

export const handler = define.handlers({
  async GET(ctx) {
    const query = ctx.url.searchParams;
    const id = (query.get("id") ?? "").trim().slice(0, LONGEST);
    const asked = query.get("kind") ?? "";
    const kind = asked === "faults" || asked === "refusals" ? asked : "";
    const { config, store } = ctx.state.services.deps;
    // What was answered a moment ago is looked for first of all.
    await store.failedRequests.flush();
    const { requests, left } = await store.failedRequests.list();
    const fits = requests.filter((each) =>
      (id === "" || each.id === id) && (kind === "" || (each.status >= 500) === (kind === "faults"))
    );
    return page({
      requests: fits.slice(0, MOST),
      id,
      kind,
      left,
      days: FAILED_DAYS,
      timeZone: config.TIME_ZONE,
    });
  },
});

export default define.page<typeof handler>(({ data }) => <ErrorsPage {...data} />);
