import { METRIC_HELP } from "@/lib/locales/admin/metrics.ts";
import { read } from "@/tests/architecture/source.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { parseExposition } from "@/tests/support/exposition.ts";
import { openWorld } from "@/tests/support/world.ts";
import { dashboardQueries, metricsIn } from "./dashboard.ts";

const names = new Set<string>(Object.keys(METRIC_HELP));

/** The metric of a sample's name: a histogram's parts are of it. */
function metricOf(name: string): string {
  return names.has(name) ? name : name.replace(/_(bucket|sum|count)$/, "");
}

/** What of a text names no metric. */
function unknownIn(text: string): string[] {
  return metricsIn(text).filter((name) => !names.has(metricOf(name)));
}

Deno.test("every query of the dashboard names metrics of /metrics", async () => {
  const queries = await dashboardQueries();
  assert.ok(queries.length > 20);
  for (const query of queries) {
    assert.ok(metricsIn(query).length > 0, query);
    assertEquals(unknownIn(query), [], query);
  }
  assertEquals(unknownIn("rate(obt_nothing_total[5m])"), ["obt_nothing_total"]);
});

Deno.test("every alert rule and its test name metrics of /metrics", async () => {
  for (const file of ["alerts.yml", "alerts_test.yml"]) {
    assertEquals(unknownIn(await read(`docs/monitoring/${file}`)), [], file);
  }
});

Deno.test("every alert rule is tested", async () => {
  const rules = [...(await read("docs/monitoring/alerts.yml")).matchAll(/- alert: (\w+)/g)];
  const test = await read("docs/monitoring/alerts_test.yml");
  assert.ok(rules.length > 10);
  for (const [, name] of rules) assert.match(test, new RegExp(`alertname: ${name} `));
  assert.match(test, new RegExp(`value: ${rules.length} }`), "so many fire");
});

Deno.test("every bucket that an alert or a query asks for is one of its histogram", async () => {
  await using world = await openWorld();
  const { bus, monitoring } = world.services;
  bus.emit("CallSettled", {
    kind: "turn",
    tool: "t",
    channel: "web",
    provider: "mock",
    model: "m",
    outcome: "answered",
    reply: true,
    startedAt: 0,
    endedAt: 10,
    firstMs: 5,
    attempts: 1,
    usd: 1n,
    basis: "reported",
    tokens: { input: 1, cached: 0, output: 1, reasoning: 0 },
  });
  const scraped = parseExposition(await monitoring.metrics());
  const test = await read("docs/monitoring/alerts_test.yml");
  for (const [, name = "", le] of test.matchAll(/(\w+)_bucket\{[^}]*le="([^"]+)"/g)) {
    const bounds = scraped.get(name)?.samples.map(({ labels }) => labels.le);
    assert.ok(bounds?.includes(le), `${name} has no bucket ${le}`);
  }
});

Deno.test("docs/MONITORING.md lists every metric, and no other", async () => {
  const text = await read("docs/MONITORING.md");
  for (const name of names) assert.ok(text.includes(`\`${name}\``), name);
  assertEquals(unknownIn(text), []);
});
