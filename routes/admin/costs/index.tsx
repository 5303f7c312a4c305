import { page } from "fresh";
import { CostsPage } from "@/components/admin/costs/CostsPage.tsx";
import { calculatorFields, daysOf } from "@/lib/web/admin/cost_query.ts";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { costs } = ctx.state.services;
    const [{ report, advice }, forecast, calculator] = await Promise.all([
      costs.report(daysOf(ctx.url)),
      costs.forecast(),
      costs.calculator(calculatorFields(ctx.url)),
    ]);
    return page({ report, advice, forecast, calculator });
  },
});

export default define.page<typeof handler>(({ data }) => <CostsPage {...data} />);
