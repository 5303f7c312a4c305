import { page } from "fresh";
import { OverviewPage } from "@/components/admin/OverviewPage.tsx";
import type { Services } from "@/lib/services/mod.ts";
import { formatUsd } from "@/lib/shared/money.ts";
import type { RaisedAlert } from "@/lib/store/alerts.ts";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { services } = ctx.state;
    const { store, calendar, clock, config } = services.deps;
    const day = calendar.dayOf(clock());
    const tools = await store.tools.list();
    const [organisation, alerts, ...spending] = await Promise.all([
      spendingOf(services, null, "All tools"),
      store.alerts.ofDay(day),
      ...tools.map((tool) => spendingOf(services, tool.id, tool.name)),
    ]);
    return page({
      day,
      timeZone: config.TIME_ZONE,
      organisation,
      tools: spending,
      alerts: alerts.map(({ alert }) => ({ at: alert.at, text: sentenceOf(alert) })),
    });
  },
});

async function spendingOf(services: Services, tool: string | null, name: string) {
  const { todayCost, weeklyCost, ceiling, messageCount } = await services.costSummary(tool);
  return {
    name,
    today: dollars(todayCost),
    week: dollars(weeklyCost),
    ceiling: ceiling === null ? null : dollars(ceiling),
    messages: messageCount,
  };
}

function sentenceOf({ scope, name, percent, spent, ceiling }: RaisedAlert["alert"]): string {
  if (scope === "session") return `A conversation with ${name} has cost ${formatUsd(spent)}.`;
  const whose = scope === "organisation" ? "All tools together have" : `${name} has`;
  return `${whose} come to ${percent}% of the day's ceiling: ${formatUsd(spent)} of ${
    formatUsd(ceiling)
  }.`;
}

/** The summary's figures are numbers for scripts; people get them as everywhere else. */
function dollars(amount: number): string {
  return formatUsd(BigInt(Math.round(amount * 1e9)));
}

export default define.page<typeof handler>(({ data }) => <OverviewPage {...data} />);
