import { z } from "zod";
import { read } from "../architecture/source.ts";

const dashboard = z.object({
  panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })).default([]) })),
});

/** The dashboard's queries, with values in place of Grafana's variables. */
export async function dashboardQueries(): Promise<string[]> {
  const { panels } = dashboard.parse(JSON.parse(await read("docs/monitoring/dashboard.json")));
  return panels.flatMap(({ targets }) =>
    targets.map(({ expr }) =>
      expr.replaceAll("$__rate_interval", "5m").replaceAll("$job", "obt-helper")
    )
  );
}

/** The metrics that a query names. */
export function metricsIn(query: string): string[] {
  return [...query.matchAll(/\b(?:obt|process)_[a-z_]+/g)].map(([name]) => name);
}
