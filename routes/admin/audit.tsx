import { page } from "fresh";
import { AuditPage } from "@/components/admin/AuditPage.tsx";
import { define } from "@/lib/web/define.ts";

const LONGEST = 100;

export const handler = define.handlers({
  async GET(ctx) {
    const query = ctx.url.searchParams;
    const asked = (name: string) => (query.get(name) ?? "").trim().slice(0, LONGEST);
    const filter = {
      action: asked("action"),
      who: asked("who"),
      thing: asked("thing"),
      from: asked("from"),
      to: asked("to"),
    };
    const before = asked("before");
    const { audit, deps } = ctx.state.services;
    const { entries, next } = await audit.list(filter, before);
    const set = Object.entries(filter).filter(([, value]) => value !== "");
    return page({
      entries,
      filter,
      timeZone: deps.config.TIME_ZONE,
      older: before !== "",
      nextHref: next && addressOf([...set, ["before", next]]),
      newestHref: addressOf(set),
    });
  },
});

function addressOf(query: [string, string][]): string {
  return query.length === 0 ? "/admin/audit" : `/admin/audit?${new URLSearchParams(query)}`;
}

export default define.page<typeof handler>(({ data }) => <AuditPage {...data} />);
