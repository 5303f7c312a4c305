import { METRIC_HELP } from "@/lib/locales/admin/metrics.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { Admin, openAdminSite } from "@/tests/support/admin.ts";
import { parseExposition, type Sample } from "@/tests/support/exposition.ts";
import { httpSuite } from "@/tests/support/http_suite.ts";
import { METRICS_TOKEN, type Server } from "@/tests/support/server.ts";
import { until } from "@/tests/support/wait.ts";
import { Visitor } from "@/tests/support/visitor.ts";
import { openWorld } from "@/tests/support/world.ts";
import { openPhones } from "@/tests/support/phones.ts";

const test = httpSuite({ backups: true });

async function scrape({ url }: Server): Promise<Map<string, Sample[]>> {
  const answer = await fetch(`${url}/metrics`, {
    headers: { authorization: `Bearer ${METRICS_TOKEN}` },
  });
  assertEquals(answer.status, 200);
  assertEquals(answer.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  const parsed = parseExposition(await answer.text());
  return new Map([...parsed].map(([name, { samples }]) => [name, samples]));
}

function sumOf(samples: readonly Sample[] | undefined, wanted: Record<string, string> = {}) {
  return (samples ?? []).filter(({ labels }) =>
    Object.entries(wanted).every(([label, value]) => labels[label] === value)
  ).reduce((sum, { value }) => sum + value, 0);
}

test("GET /metrics tells every metric of the catalogue, and no other", async (server) => {
  assertEquals([...(await scrape(server)).keys()].sort(), Object.keys(METRIC_HELP).sort());
});

test("GET /metrics counts a reply with its time, tokens, cost and outcome", async (server) => {
  const place = { tool: "general-assistant", channel: "web" };
  const before = await scrape(server);
  await new Visitor(server.url).ask("How much is counted of a secret question?");
  const after = await until("the reply to be counted", async () => {
    const now = await scrape(server);
    const turns = (of: Map<string, Sample[]>) =>
      sumOf(of.get("obt_turns_total"), { ...place, outcome: "answered" });
    return turns(now) === turns(before) + 1 ? now : null;
  });
  const more = (name: string, metric: string, labels: Record<string, string> = {}) => {
    const of = (all: Map<string, Sample[]>) =>
      sumOf(all.get(metric)?.filter((each) => each.name === name), labels);
    return of(after) - of(before);
  };
  assertEquals(more("obt_first_text_seconds_count", "obt_first_text_seconds"), 1);
  assertEquals(more("obt_stream_seconds_count", "obt_stream_seconds"), 1);
  assert.ok(more("obt_tokens_total", "obt_tokens_total", { type: "output" }) > 0);
  assert.ok(more("obt_kv_seconds_count", "obt_kv_seconds", { op: "commit" }) > 0);
  assert.ok(more("obt_http_requests_total", "obt_http_requests_total", { status: "2xx" }) > 0);
  assertEquals(sumOf(after.get("obt_held_usd"), { budget: "organisation" }), 0);
});

test("GET /metrics has no words of people, and fewer than 2,000 lines", async (server) => {
  await new Visitor(server.url).ask("Zanzibar is a word that nobody else writes");
  const answer = await fetch(`${server.url}/metrics`, {
    headers: { authorization: `Bearer ${METRICS_TOKEN}` },
  });
  const text = await answer.text();
  assert.doesNotMatch(text, /zanzibar/i);
  assert.ok(text.split("\n").length < 2_000);
});

test("GET /metrics is refused without the token, with a wrong one, and by other methods", async (server) => {
  const ask = async (headers: HeadersInit, method = "GET") => {
    const answer = await fetch(`${server.url}/metrics`, { headers, method });
    const text = await answer.text();
    assert.doesNotMatch(text, /obt_/);
    return answer.status;
  };
  assertEquals(await ask({}), 401);
  assertEquals(await ask({ authorization: `Bearer ${METRICS_TOKEN}x` }), 401);
  assertEquals(await ask({ authorization: "Bearer " }), 401);
  assertEquals(await ask({ authorization: `Bearer ${METRICS_TOKEN}` }, "DELETE"), 405);
});

Deno.test("GET /metrics is told to a signed-in admin, without a METRICS_TOKEN too", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const answer = await site.fetch("/metrics", { headers: { cookie: admin.cookie } });
  assertEquals(answer.status, 200);
  parseExposition(await answer.text());
  assertEquals((await site.fetch("/metrics")).status, 401);
  const guess = await site.fetch("/metrics", { headers: { authorization: "Bearer undefined" } });
  assertEquals(guess.status, 401);
});

Deno.test("Monitoring.metrics() keeps its bound whatever names come", async () => {
  await using world = await openWorld();
  const { bus, monitoring } = world.services;
  for (let i = 0; i < 3_000; i++) {
    const call = {
      kind: "auxiliary",
      tool: `tool-${i}`,
      channel: `channel-${i}`,
      provider: "mock",
      model: `model-${i}`,
      outcome: "answered",
      reply: true,
      startedAt: 0,
      endedAt: 10,
      firstMs: 5,
      attempts: 1,
      usd: 1n,
      basis: "reported",
      tokens: { input: 1, cached: 0, output: 1, reasoning: 0 },
    } as const;
    bus.emit("CallSettled", call);
    bus.emit("MessagePassed", { direction: "out", status: `status-${i}` });
    world.deps.store.refusals.counts.add([`limit-${i}`]);
  }
  const text = await monitoring.metrics();
  const found = parseExposition(text);
  assert.ok(text.split("\n").length < 2_000, `${text.split("\n").length} lines`);
  assertEquals(sumOf(found.get("obt_turns_total")?.samples), 3_000);
  assertEquals(sumOf(found.get("obt_turns_total")?.samples, { tool: "other" }), 2_800);
});

Deno.test("Monitoring.metrics() counts messages of phones by direction and status", async () => {
  await using phones = await openPhones();
  const ada = phones.twilio.phone("+41791230001");
  await ada.says("Hello");
  const found = await until("the reply to be delivered", async () => {
    const metrics = parseExposition(await phones.world.services.monitoring.metrics());
    const samples = metrics.get("obt_whatsapp_messages_total")?.samples;
    return sumOf(samples, { direction: "out", status: "taken" }) > 0 ? metrics : null;
  });
  const messages = found.get("obt_whatsapp_messages_total")?.samples;
  assertEquals(sumOf(messages, { direction: "in", status: "taken" }), 1);
  assertEquals(sumOf(found.get("obt_inbox_depth")?.samples), 0);
  assert.doesNotMatch(await phones.world.services.monitoring.metrics(), /4179/);
});
