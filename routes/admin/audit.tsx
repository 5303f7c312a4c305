import { page } from "fresh";
import { AuditPage } from "@/components/admin/audit/AuditPage.tsx";
import type { Calendar } from "@/lib/platform/calendar.ts";
import type { AuditView } from "@/lib/shared/views/admin_view.ts";
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
    const { tools } = await deps.store.tools.snapshot();
    const named = [...await deps.store.experiments.list(), ...tools];
    const set = Object.entries(filter).filter(([, value]) => value !== "");
    return page({
      days: byDays(entries, deps.calendar, deps.clock()),
      names: Object.fromEntries(named.map(({ id, name }) => [id, name])),
      filter,
      timeZone: deps.config.TIME_ZONE,
      older: before !== "",
      nextHref: next && addressOf([...set, ["before", next]]),
      newestHref: addressOf(set),
    });
  },
});

function byDays(entries: readonly AuditView[], calendar: Calendar, now: number) {
  const today = calendar.dayOf(now);
  const yesterday = calendar.dayOf(calendar.startOf(today) - 1);
  const format = new Intl.DateTimeFormat("en", { timeZone: "UTC", dateStyle: "full" });
  const labelOf = (day: string) =>
    day === today
      ? "Today"
      : day === yesterday
      ? "Yesterday"
      : format.format(Date.parse(`${day}T00:00:00Z`));
  const days = Map.groupBy(entries, ({ at }) => calendar.dayOf(at));
  return [...days].map(([day, entries]) => ({ day, label: labelOf(day), entries }));
}

function addressOf(query: [string, string][]): string {
  return query.length === 0 ? "/admin/audit" : `/admin/audit?${new URLSearchParams(query)}`;
}

export default define.page<typeof handler>(({ data }) => <AuditPage {...data} />);
