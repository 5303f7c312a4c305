/**
 * Has Prometheus's own promtool read what the program and docs/monitoring/ say to Prometheus: a
 * scrape, the alert rules with their tests, and each query of the dashboard. Exits with 1 for a
 * fault. Not a test of the suite, as promtool comes from Debian's package `prometheus`.
 */
import { dashboardQueries } from "./dashboard.ts";
import { METRICS_TOKEN, startServer } from "../support/server.ts";
import { Visitor } from "../support/visitor.ts";

const FOLDER = new URL("../../docs/monitoring/", import.meta.url).pathname;

async function promtool(args: string[], input?: string): Promise<void> {
  const child = new Deno.Command("promtool", {
    args,
    stdin: input === undefined ? "null" : "piped",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  if (input !== undefined) {
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(input));
    await writer.close();
  }
  const { code } = await child.status;
  if (code !== 0) throw new Error(`promtool ${args.join(" ")} ended with ${code}`);
}

async function scrape(): Promise<string> {
  await using server = await startServer({ backups: true });
  await new Visitor(server.url).ask("What is counted of this?");
  const answer = await fetch(`${server.url}/metrics`, {
    headers: { authorization: `Bearer ${METRICS_TOKEN}` },
  });
  if (!answer.ok) throw new Error(`/metrics answered ${answer.status}`);
  return await answer.text();
}

/** Recording rules with the dashboard's queries, so that promtool parses them. */
async function queriesAsRules(): Promise<string> {
  const rules = (await dashboardQueries()).map((expr, i) => ({ record: `query:${i}`, expr }));
  // JSON is YAML.
  return JSON.stringify({ groups: [{ name: "dashboard", rules }] });
}

await promtool(["check", "metrics"], await scrape());
await promtool(["check", "rules", `${FOLDER}alerts.yml`]);
await promtool(["test", "rules", `${FOLDER}alerts_test.yml`]);
const file = await Deno.makeTempFile({ suffix: ".yml" });
try {
  await Deno.writeTextFile(file, await queriesAsRules());
  await promtool(["check", "rules", file]);
} finally {
  await Deno.remove(file);
}
