import { page } from "fresh";
import { ExperimentPrintPage } from "@/components/admin/experiments/ExperimentPrintPage.tsx";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { experiments, deps } = ctx.state.services;
    const id = ctx.params.experiment ?? "";
    const [report, { variants, contents }] = await Promise.all([
      experiments.report(id),
      experiments.get(id),
    ]);
    return page({
      timeZone: deps.config.TIME_ZONE,
      now: deps.clock(),
      report,
      contents: variants.flatMap(({ letter }) => {
        const content = contents[letter];
        if (!content) return [];
        const { model, maxTokens, systemPrompt } = content;
        return [{ letter, model, maxTokens, prompt: systemPrompt }];
      }),
    });
  },
});

export default define.page<typeof handler>(({ data }) => <ExperimentPrintPage {...data} />);
